import type { Generated } from 'kysely'
import type { JobState } from '../domain/work/job.ts'
import type { AccountTables } from './tables-accounts.ts'
import type { BadgeTables } from './tables-badges.ts'
import type { ResultTables } from './tables-results.ts'

/** Instants are text, ISO with `Z`; flags are 0 or 1; documents are JSON text. Both databases store the same. */
export type Tables = ResultTables &
  BadgeTables &
  AccountTables & {
    programme_version: { version: number; hash: string; document: string; added_at: string }
    artwork: { hash: string; svg: string }
    /** The installation that the database belongs to: at most one row. */
    installation: {
      id: number
      public_url: string
      certification_prefix: string
      issuer_url: string
      secret_check: string | null
      certificate: number
      learned_at: string
    }
    /** Every key that its ring has ever had. */
    installation_key: { key_id: string; fingerprint: string }
    api_key: {
      id: string
      name: string
      hash: string
      scopes: string
      created_at: string
      expires_at: string | null
      revoked_at: string | null
      /** A day in UTC. */
      last_used_on: string | null
    }
    audit: {
      id: Generated<number>
      at: string
      actor: string
      action: string
      subject: string
      details: string
    }
    audit_note: { audit_id: number; note: string }
    job: {
      key: string
      kind: string
      payload: string
      run_at: string
      state: JobState
      attempts: number
      claim: string | null
      claimed_until: string | null
      last_error: string | null
      finished_at: string | null
      anew_at: string | null
    }
  }
