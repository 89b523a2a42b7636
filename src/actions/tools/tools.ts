import type { Addresses } from '../../domain/programme/addresses.ts'
import type { ProgrammeVersion } from '../../domain/programme/programme.ts'
import type { Random } from '../../domain/work/random-ids.ts'
import type { Mailer } from '../../mails/mailer.ts'
import type { Keyring } from '../../signing/keyring.ts'
import type { Db, Tx } from '../../storage/database.ts'
import type { Certificates } from './certificates.ts'
import type { Pictures } from './pictures.ts'
import type { Previews } from './previews.ts'
import type { Adapters } from './read-adapters.ts'
import type { Verifications } from './verifications.ts'

/** The current programme version, and every version that a badge may refer to. */
export type Programmes = {
  current: () => ProgrammeVersion
  /** The instant since which the privacy page's facts about the programme have been unchanged. */
  noticeSince: () => string
  /** A version, even if another process adopted it; it is looked up in `db`, which may be a transaction. */
  at: (db: Db, version: number) => Promise<ProgrammeVersion | undefined>
}

/** Everything that actions work with. `opening.ts` makes it, and each action takes what it needs. */
export type Tools = {
  db: Db
  keyring: Keyring
  addresses: Addresses
  programmes: Programmes
  adapters: Adapters
  /** The clock: an ISO instant with `Z`. */
  now: () => string
  random: Random
  metrics: Counters
  /** The only HTTP access to other servers. */
  fetch: typeof fetch
  pictures: Pictures
  certificates: Certificates
  previews: Previews
  verifications: Verifications
  mailer: Mailer
  /** For problems that no caller sees, and for what operators should know. */
  log: Record<'info' | 'warn' | 'error', (facts: object, message: string) => void>
}

/** What the metrics count, after it is on record. */
export type Counters = {
  accepted: (state: string, how: string) => void
  minted: () => void
  ran: (kind: string, outcome: string) => void
  polled: (adapter: string, counts: Record<string, number>) => void
}

/** Who acted, for the audit log: `api-key:…`, `webhook`, `command-line`, `adapter:…`, `blazon`. */
export type Actor = string

/** The tools inside a transaction, which is their database. Actions that lock or change records demand them. */
export type TxTools = Omit<Tools, 'db'> & { db: Tx }
