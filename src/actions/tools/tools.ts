import type { Addresses } from '../../domain/programme/addresses.ts'
import type { ProgrammeVersion } from '../../domain/programme/programme.ts'
import type { Random } from '../../domain/work/random-ids.ts'
import type { Mailer } from '../../mails/mailer.ts'
import type { Keyring } from '../../signing/keyring.ts'
import type { Db } from '../../storage/database.ts'
import type { Certificates } from './certificates.ts'
import type { Pictures } from './pictures.ts'
import type { Previews } from './previews.ts'
import type { Adapters } from './read-adapters.ts'
import type { Verifications } from './verifications.ts'

/** The programme in force, and every version that a badge may pin. */
export type Programmes = {
  current: () => ProgrammeVersion
  /** The instant since which what the privacy page says of the programme is what it is. */
  noticeSince: () => string
  /** A version that may have been adopted elsewhere; it is looked up in `db`, which may be a transaction. */
  at: (db: Db, version: number) => Promise<ProgrammeVersion | undefined>
}

/** All that actions work with; `opening.ts` makes it, and each action takes what it needs. */
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
  /** The only way to others. */
  fetch: typeof fetch
  pictures: Pictures
  certificates: Certificates
  previews: Previews
  verifications: Verifications
  mailer: Mailer
  /** For trouble that no caller hears of, and what operators should know. */
  log: Record<'info' | 'warn', (facts: object, message: string) => void>
}

/** What is counted as it happens, for those who watch; after it is on record. */
export type Counters = {
  accepted: (state: string, how: string) => void
  minted: () => void
  ran: (kind: string, outcome: string) => void
  polled: (adapter: string, counts: Record<string, number>) => void
}

/** Who did it, for the audit log: `api-key:…`, `webhook`, `command-line`, `adapter:…`, `blazon`. */
export type Actor = string
