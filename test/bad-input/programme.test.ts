import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import t, { type Test } from 'tap'
import {
  adoptProgramme,
  readProgramme,
  readProgrammeFile,
} from '../../src/actions/judging/adopt-programme.ts'
import { Problem } from '../../src/problem.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { findArtwork } from '../../src/storage/programmes.ts'
import { sqliteDatabase } from '../help/databases.ts'
import { changedProgramme } from '../help/programme.ts'
import { examplesProgramme } from '../help/start.ts'
import { rows as entries } from './corpus/programme-entries.ts'
import { files, pictures } from './corpus/programme-files.ts'
import { rows as notices } from './corpus/programme-notices.ts'
import { rows as programmes } from './corpus/programmes.ts'

async function refusal(work: Promise<unknown>): Promise<{ detail: string; errors: object }> {
  try {
    await work
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const errors = error.errors.map(({ path, message }) => [path, message])
    return { detail: error.message, errors: Object.fromEntries(errors) }
  }
  return { detail: 'It was taken.', errors: {} }
}

function folderOf(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'blazon-programme-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(dirname(examplesProgramme), folder, { recursive: true })
  return folder
}

t.test(
  'a wrong programme file is refused with every mistake, its path and a sentence',
  async (t) => {
    for (const { what, edit, errors } of [...programmes, ...entries, ...notices]) {
      const file = changedProgramme(t, edit)
      const found = await refusal(readProgramme(file))
      t.equal(found.detail, `The programme in ${file} cannot be used.`, what)
      t.same(found.errors, errors, what)
    }
  },
)

t.test('a file that is no programme at all says what it is instead', async (t) => {
  const file = join(folderOf(t), 'programme.json')
  for (const { what, text, errors } of files) {
    writeFileSync(file, text)
    const found = await refusal(readProgramme(file))
    t.same(found, { detail: `The programme in ${file} cannot be used.`, errors }, what)
  }
  t.same(await refusal(readProgramme('/nowhere/programme.json')), {
    detail: 'The programme file /nowhere/programme.json cannot be read. Check PROGRAMME_FILE.',
    errors: {},
  })
})

t.test(
  'a signature that cannot be used is named, and one as PNG is kept as its pixels alone',
  async (t) => {
    const db = await openDatabase((await sqliteDatabase(t)).url)
    t.teardown(() => db.destroy())
    const file = changedProgramme(t as Test, (programme) => {
      if (programme.certificate) programme.certificate.signatory.signature = 'signature.png'
    })
    const adopt = async () =>
      adoptProgramme(db, await readProgrammeFile(file), '2026-11-22T04:00:00Z')
    const refused: [string | Buffer | undefined, RegExp][] = [
      [undefined, /is not beside the programme file/],
      ['<html></html>', /is not an SVG/],
      ['<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', /./],
      [Buffer.from('89504e470d0a1a0a00', 'hex'), /cannot be read/],
      [Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(3_000_000)]), /2 MiB/],
    ]
    for (const [bytes, says] of refused) {
      if (bytes !== undefined) writeFileSync(join(dirname(file), 'signature.png'), bytes)
      const { errors } = await refusal(adopt())
      if (String(bytes).includes('script'))
        t.same(errors, {}, 'a script is dropped, as from a badge')
      else t.match(errors, { '/certificate/signatory/signature': says })
    }
    const pixel = readFileSync(join(import.meta.dirname, '../golden/one-pixel.png'))
    const said = Buffer.concat([
      pixel.subarray(0, 33),
      textChunk('who', 'secret.address'),
      pixel.subarray(33),
    ])
    writeFileSync(join(dirname(file), 'signature.png'), said)
    const { current } = await adopt()
    const kept = await findArtwork(db, current().artwork['signature.png'] ?? '')
    t.match(kept, /^data:image\/png;base64,/)
    t.notMatch(
      Buffer.from(kept?.split(',')[1] ?? '', 'base64').toString('latin1'),
      'secret.address',
    )
  },
)

/** A tEXt chunk of a PNG. */
function textChunk(keyword: string, text: string) {
  const body = Buffer.from(`tEXt${keyword}\0${text}`)
  const chunk = Buffer.alloc(body.length + 8)
  chunk.writeUInt32BE(body.length - 4, 0)
  body.copy(chunk, 4)
  chunk.writeUInt32BE(crc32(body), body.length + 4)
  return chunk
}

t.test('pictures that cannot be used are named one by one, and no version is made', async (t) => {
  const folder = folderOf(t)
  const db = await openDatabase((await sqliteDatabase(t, { empty: true })).url)
  t.teardown(() => db.destroy())
  const adopt = () =>
    refusal(
      readProgrammeFile(join(folder, 'programme.json')).then((read) =>
        adoptProgramme(db, read, ''),
      ),
    )
  for (const { what, svg, says } of pictures) {
    writeFileSync(join(folder, 'practitioner.svg'), svg)
    t.same((await adopt()).errors, { '/achievements/0/picture': says }, what)
  }
  rmSync(join(folder, 'practitioner.svg'))
  rmSync(join(folder, 'associate.svg'))
  t.same(await adopt(), {
    detail: `The programme in ${join(folder, 'programme.json')} cannot be used.`,
    errors: {
      '/achievements/0/picture': 'The file practitioner.svg is not beside the programme file.',
      '/achievements/1/picture': 'The file associate.svg is not beside the programme file.',
    },
  })
  t.same(await db.selectFrom('programme_version').select('version').execute(), [])
  t.same(await db.selectFrom('artwork').select('hash').execute(), [])
})
