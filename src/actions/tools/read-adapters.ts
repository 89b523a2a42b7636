import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Mapping } from '../../../schemas/mapping.ts'
import { mappingMistakes } from '../../adapters/mapping.ts'
import { normalId } from '../../domain/people/normal-ids.ts'
import { type FieldError, Problem } from '../../problem.ts'

/** One vendor's adapter: its name in addresses, its mapping, and a token if it is polled. */
export type Adapter = { name: string; mapping: Mapping; token?: string }
export type Adapters = ReadonlyMap<string, Adapter>

type Settings = { adaptersDir: string; adapterTokens: ReadonlyMap<string, string> }

/**
 * Reads the mapping files of a folder, each `<adapter>.json`; without a folder there are no adapters. Throws one
 * Problem with every mistake in every file.
 */
export async function readAdapters({ adaptersDir, adapterTokens }: Settings): Promise<Adapters> {
  const adapters = new Map<string, Adapter>()
  const mistakes: FieldError[] = []
  for (const file of await mappingFiles(adaptersDir)) {
    const name = basename(file, '.json')
    const read = await readMapping(join(adaptersDir, file))
    const token = adapterTokens.get(name)
    const found = [...nameMistakes(name), ...('mistakes' in read ? read.mistakes : [])]
    mistakes.push(...found.map(({ path, ...rest }) => ({ path: `${file}${path}`, ...rest })))
    if ('mapping' in read)
      adapters.set(name, { name, mapping: read.mapping, ...(token && { token }) })
    if ('mapping' in read && read.mapping.poll && !token)
      mistakes.push({
        path: 'ADAPTER_TOKENS',
        code: 'missing',
        message: `There is no token for ${name}.`,
      })
  }
  for (const name of adapterTokens.keys())
    if (!adapters.get(name)?.mapping.poll)
      mistakes.push({
        path: 'ADAPTER_TOKENS',
        code: 'no-such-adapter',
        message: `There is a token for ${name}, and no adapter of that name that polls.`,
      })
  if (mistakes.length === 0) return adapters
  throw new Problem(
    'invalid/mapping-files-unusable',
    `The mapping files in ${adaptersDir || 'ADAPTERS_DIR'} cannot be used.`,
    mistakes,
  )
}

/** The adapter with a name, for results or for xAPI statements. Throws `not-found`. */
export function adapterOf(
  { adapters }: { adapters: Adapters },
  name: string,
  takes: 'results' | 'statements' = 'results',
): Adapter {
  const adapter = adapters.get(name)
  if (!adapter)
    throw new Problem(
      'not-found/no-such-adapter',
      'There is no adapter of this name; its mapping file would be in ADAPTERS_DIR.',
    )
  if ((takes === 'statements') === (adapter.mapping.xapi !== undefined)) return adapter
  throw new Problem(
    takes === 'statements' ? 'not-found/adapter-without-xapi' : 'not-found/adapter-for-xapi-only',
    takes === 'statements'
      ? 'This adapter takes no xAPI statements; its mapping file has no xapi.'
      : 'This adapter takes xAPI statements only.',
  )
}

async function mappingFiles(folder: string): Promise<string[]> {
  if (folder === '') return []
  const names = await readdir(folder).catch(() => {
    throw new Problem(
      'invalid/folder-unreadable',
      `The folder ${folder} cannot be read. Check ADAPTERS_DIR.`,
    )
  })
  return names.filter((name) => name.endsWith('.json')).toSorted()
}

function nameMistakes(name: string): FieldError[] {
  if (/^[a-z0-9][a-z0-9-]{0,63}$/.test(name)) return []
  return [
    {
      path: '/',
      code: 'bad-file-name',
      message: 'The file’s name must be lower-case letters, digits and hyphens.',
    },
  ]
}

async function readMapping(
  file: string,
): Promise<{ mapping: Mapping } | { mistakes: FieldError[] }> {
  try {
    const mapping = JSON.parse((await readFile(file, 'utf8')).replace(/^\ufeff/, '')) as Mapping
    const mistakes = mappingMistakes(mapping)
    return mistakes.length > 0 ? { mistakes } : { mapping: withNormalExams(mapping) }
  } catch (error) {
    return {
      mistakes: [
        {
          path: '/',
          code: 'not-json',
          message: `The file is not JSON: ${(error as Error).message}.`,
        },
      ],
    }
  }
}

/** The vendor's exam codes are ids, so they are normalised for comparison. */
function withNormalExams(mapping: Mapping): Mapping {
  const { exams } = mapping
  if (!exams) return mapping
  const entries = Object.entries(exams).map(([code, exam]) => [normalId(code), exam])
  return { ...mapping, exams: Object.fromEntries(entries) }
}
