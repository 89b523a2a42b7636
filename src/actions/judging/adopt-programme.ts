import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { checkOf } from '../../../schemas/check-of.ts'
import { Programme } from '../../../schemas/programme.ts'
import { cleanSvg } from '../../baking/clean-svg.ts'
import { cleanPicture } from '../../baking/for-print.ts'
import { noticeSince } from '../../domain/holders/privacy-notice.ts'
import { type ProgrammeVersion, programmeMistakes } from '../../domain/programme/programme.ts'
import { type FieldError, Problem } from '../../problem.ts'
import type { Db } from '../../storage/database.ts'
import { inTransaction } from '../../storage/database.ts'
import {
  findAdoptions,
  findProgramme,
  findVersion,
  keepProgramme,
} from '../../storage/programmes.ts'
import type { Programmes } from '../tools/tools.ts'

const check = checkOf(Programme, { whole: 'the file', name: 'Programme' })

/** A programme file and its pictures, read and checked; equal content has an equal hash. */
export type ProgrammeFile = {
  file: string
  programme: Programme
  content: Omit<ProgrammeVersion, 'version'>
  /** The cleaned pictures, by their hashes. */
  pictures: Map<string, string>
  hash: string
}

/** Reads the programme file and its pictures. Throws one Problem with every mistake. */
export async function readProgrammeFile(file: string): Promise<ProgrammeFile> {
  const programme = await readProgramme(file)
  const artwork = await readArtwork(programme, file)
  const content = {
    programme,
    artwork: Object.fromEntries([...artwork].map(([picture, svg]) => [picture, sha256(svg)])),
  }
  const pictures = new Map([...artwork.values()].map((svg) => [sha256(svg), svg]))
  return { file, programme, content, pictures, hash: sha256(JSON.stringify(content)) }
}

/**
 * Makes a new version if anything in the file changed. Badges refer to their own version, and old versions keep
 * answering.
 */
export async function adoptProgramme(
  db: Db,
  { programme, content, pictures, hash }: ProgrammeFile,
  now: string,
): Promise<Programmes> {
  const { version, adoptions } = await inTransaction(db, (tx) =>
    keepProgramme(tx, { hash, content, artwork: pictures, at: now }),
  )
  return programmesFrom({ version, ...content }, noticeSince(adoptions, programme))
}

/** The version made from the file. Throws a Problem if there is none: only a start of Blazon makes one. */
export async function adoptedProgramme(
  db: Db,
  { file, programme, content, hash }: ProgrammeFile,
): Promise<Programmes> {
  const version = await findVersion(db, hash)
  if (version === undefined)
    throw new Problem(
      'conflict/programme-not-adopted',
      `The programme in ${file} has changed since Blazon was started. Start Blazon again, so that the change takes effect, and then run this command again.`,
    )
  return programmesFrom({ version, ...content }, noticeSince(await findAdoptions(db), programme))
}

function programmesFrom(current: ProgrammeVersion, since: string): Programmes {
  const known = new Map([[current.version, current]])
  return {
    current: () => current,
    noticeSince: () => since,
    at: async (db, asked) => {
      const found = known.get(asked) ?? (await findProgramme(db, asked))
      if (found) known.set(asked, found)
      return found
    },
  }
}

/** The programme in a file, checked against its schema. */
export async function readProgramme(file: string): Promise<Programme> {
  const programme = await readJson(file)
  const mistakes = check(programme)
  if (mistakes.length > 0) refuse(file, mistakes)
  const contradictions = programmeMistakes(programme as Programme)
  if (contradictions.length > 0) refuse(file, contradictions)
  return programme as Programme
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Problem(
      'invalid/programme-unreadable',
      `The programme file ${file} cannot be read. Check PROGRAMME_FILE.`,
    )
  })
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    return refuse(file, [
      {
        path: '/',
        code: 'not-json',
        message: `The file is not JSON: ${(error as Error).message}.`,
      },
    ])
  }
}

/** The cleaned pictures that the file names: badges' are SVG, a signature may be a PNG. */
async function readArtwork({ achievements, certificate }: Programme, file: string) {
  const artwork = new Map<string, string>()
  const mistakes: FieldError[] = []
  const read = async (path: string, picture: string, clean: (bytes: Buffer) => unknown) => {
    try {
      artwork.set(picture, String(await clean(await readFile(join(dirname(file), picture)))))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      const why =
        error instanceof Problem
          ? error.message
          : code === 'ENOENT'
            ? `The file ${picture} is not beside the programme file.`
            : `The file ${picture} cannot be read (${code}).`
      const reason =
        error instanceof Problem
          ? error.code
          : code === 'ENOENT'
            ? 'no-such-file'
            : 'file-unreadable'
      mistakes.push({ path, code: reason, message: why })
    }
  }
  for (const [index, { picture }] of achievements.entries())
    await read(`/achievements/${index}/picture`, picture, (bytes) => cleanSvg(String(bytes)))
  if (certificate)
    await read('/certificate/signatory/signature', certificate.signatory.signature, cleanPicture)
  if (mistakes.length > 0) refuse(file, mistakes)
  return artwork
}

function refuse(file: string, mistakes: FieldError[]): never {
  throw new Problem(
    'invalid/programme-unusable',
    `The programme in ${file} cannot be used.`,
    mistakes,
  )
}

function sha256(text: string) {
  return createHash('sha256').update(text).digest('hex')
}
