import type { Key, KeyringFile } from './keyring-file.ts'

export type Algorithm = Key['algorithm']

/** Makes the next key of an algorithm. It is published at once, so that verifiers can know it before it signs. */
export type MakeKey = (algorithm: Algorithm, id: string) => Key

type Change = {
  /** ISO instant with `Z`. */
  now: string
  make: MakeKey
}

const algorithms: Algorithm[] = ['Ed25519', 'RS256']
const prefixes = { Ed25519: 'ed25519', RS256: 'rsa' }

/**
 * The keys with one active and one next key of each algorithm: the next key fills an empty place, and a new one is
 * made.
 */
export function completed(keys: Key[], { now, make }: Change): Key[] {
  const complete = [...keys]
  for (const algorithm of algorithms)
    for (const state of ['active', 'next'] as const) {
      const of = (each: Key['state']) =>
        complete.findIndex((key) => key.algorithm === algorithm && key.state === each)
      if (of(state) >= 0) continue
      const promoted = state === 'active' ? of('next') : -1
      if (promoted >= 0)
        complete[promoted] = { ...(complete[promoted] as Key), state: 'active', since: now }
      else complete.push({ ...make(algorithm, newId(complete, algorithm)), state, since: now })
    }
  return complete
}

/**
 * Retires the active keys, activates the next ones, and makes new next ones. Retired keys stay published permanently.
 */
export function rotated(file: KeyringFile, change: Change): KeyringFile {
  const keys = file.keys.map((key) =>
    key.state === 'active' ? { ...key, state: 'retired' as const, since: change.now } : key,
  )
  return { ...file, keys: completed(keys, change) }
}

/** Withdraws the keys with these ids permanently; in place of an active one, the next one signs. */
export function withdrawn(file: KeyringFile, ids: string[], change: Change): KeyringFile {
  const keys = file.keys.map((key) =>
    ids.includes(key.id) && key.state !== 'compromised'
      ? { ...key, state: 'compromised' as const, since: change.now }
      : key,
  )
  return { ...file, keys: completed(keys, change) }
}

/** Ids are part of addresses and files, so none is ever reused. */
function newId(keys: Key[], algorithm: Algorithm) {
  const prefix = `${prefixes[algorithm]}-`
  const taken = keys.map(
    ({ id }) => (id.startsWith(prefix) && Number(id.slice(prefix.length))) || 0,
  )
  return `${prefix}${Math.max(0, ...taken) + 1}`
}
