import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import t, { type Test } from 'tap'
import { adoptProgramme, readProgramme } from '../../src/actions/adopt-programme.ts'
import { Problem } from '../../src/problem.ts'
import { openDatabase } from '../../src/storage/database.ts'
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

t.test('pictures that cannot be used are named one by one, and no version is made', async (t) => {
  const folder = folderOf(t)
  const db = await openDatabase((await sqliteDatabase(t)).url)
  t.teardown(() => db.destroy())
  const adopt = () => refusal(adoptProgramme(db, join(folder, 'programme.json'), ''))
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
