import type { Generated } from 'kysely'
import type { NameDisplay, Visibility } from '../../schemas/badge.ts'
import type { ResultState } from '../../schemas/exam-result.ts'
import type { RevocationClass, StatusMethod } from '../domain/badge.ts'
import type { ParkedFor } from '../domain/result.ts'

/** Instants are text, ISO with `Z`; flags are 0 or 1; documents are the JSON text itself: the same in both databases. */
export type Tables = {
  programme_version: { version: number; hash: string; document: string; added_at: string }
  artwork: { hash: string; svg: string }
  api_key: { id: string; name: string; hash: string; scopes: string; created_at: string }
  result_message: {
    source: string
    result_id: string
    revision: number
    body_hash: string
    body: string
    received_at: string
    received_from: string
  }
  result: {
    source: string
    result_id: string
    revision: number
    body: string
    exam: string
    candidate_id: string
    started_at: string | null
    state: ResultState
    reason: string | null
    parked_for: ParkedFor | null
  }
  attempt: { source: string; candidate_id: string; exam: string; started_at: string }
  certification: { number: string }
  badge: {
    id: string
    slug: string
    hosted_id: string
    subject_id: string
    source: string
    result_id: string
    revision: number
    candidate_id: string
    full_name: string
    latin_name: string | null
    exam: string
    achievement: string
    programme_version: number
    certification_number: string
    earned_on: string
    expires_on: string
    valid_from: string
    valid_until: string
    score: string | null
    recipient_hash: string | null
    recipient_salt: string | null
    hosted_key: string
    status_method: StatusMethod
    visibility: Visibility
    name_display: NameDisplay
    discoverable: number
    show_expired: number
    reserved_at: string
    issued_at: string | null
    suspended_at: string | null
    suspended_by: 'result' | 'operator' | null
    revoked_at: string | null
    revoked_class: RevocationClass | null
    revoked_by: 'result' | 'operator' | null
    changes: number
  }
  credential: {
    id: string
    badge_id: string
    assertion_id: string
    credential_id: string
    status_list: number
    status_index: number
    reserved_at: string
    data_integrity: string | null
    assertion_jws: string | null
    assertion_key: string | null
    credential_jwt: string | null
    revoked_class: RevocationClass | null
  }
  status_list: { id: number; used: number; changes: number }
  audit: {
    id: Generated<number>
    at: string
    actor: string
    action: string
    subject: string
    details: string
  }
  audit_note: { audit_id: number; note: string }
}
