import type { Generated } from 'kysely'
import type { NameDisplay, Visibility } from '../../schemas/badge.ts'
import type { ResultState } from '../../schemas/exam-result.ts'
import type { CredentialKind, RevocationClass, StatusMethod } from '../domain/badge/badge.ts'
import type { Delivery, MailState } from '../domain/holders/mail.ts'
import type { ParkedFor } from '../domain/rules/result.ts'
import type { JobState } from '../domain/work/job.ts'
import type { AccountTables } from './tables-accounts.ts'

/** Instants are text, ISO with `Z`; flags are 0 or 1; documents are JSON text. Both databases store the same. */
export type Tables = AccountTables & {
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
  result_message: {
    source: string
    result_id: string
    revision: number
    body_hash: string
    body: string
    received_at: string
    received_from: string
    /** 1: stored before Blazon compared messages. */
    trusted: Generated<number>
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
    /** The last released message that is not under review. */
    word: string | null
    /** JSON: the question whether the last message is about another person. */
    contested: string | null
  }
  person: { id: string }
  candidate: {
    source: string
    candidate_id: string
    person_id: string
    full_name: string
    latin_name: string | null
    email: string
    locale: string | null
    /** A pseudonym of name and birth date, where the exam system sends one. */
    mark: string | null
  }
  sighting: { mark: string }
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
    /** The badge that this one renews. */
    renews: string | null
    /** The account that claimed or declined it. */
    account_id: string | null
    claimed_at: string | null
    declined_at: string | null
  }
  credential: {
    id: string
    badge_id: string
    kind: CredentialKind
    assertion_id: string
    credential_id: string
    status_list: number
    status_index: number
    reserved_at: string
    data_integrity: string | null
    data_integrity_key: string | null
    assertion_jws: string | null
    assertion_key: string | null
    credential_jwt: string | null
    credential_jwt_key: string | null
    revoked_class: RevocationClass | null
    /** When a corrected one replaced it. */
    replaced_at: string | null
    /** The holder's name, in credentials that have it. */
    holder_name: string | null
    /** Hash and salt of the address that it is for. Old rows use the badge's, unless they are for another address. */
    recipient_hash: string | null
    recipient_salt: string | null
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
  review_item: {
    id: string
    kind: string
    source: string
    candidate_id: string
    result_id: string | null
    /** JSON, different for each kind. */
    facts: string
    reason: string
    state: 'open' | 'decided' | 'gone'
    decision: string | null
    opened_at: string
    decided_at: string | null
    decided_by: string | null
  }
  /** Candidates' requests to correct their names, numbered for each candidate. */
  name_request: {
    source: string
    candidate_id: string
    number: number
    was_full_name: string
    was_latin_name: string | null
    full_name: string
    latin_name: string | null
    reason: string
    asked_at: string
    taken_back_at: string | null
    answer: string | null
  }
  job: {
    id: string
    kind: string
    key: string
    payload: string
    run_at: string
    state: JobState
    attempts: number
    claim: string | null
    claimed_until: string | null
    last_error: string | null
    planned_at: string
    finished_at: string | null
    anew_at: string | null
  }
  poll: {
    adapter: string
    cursor: string | null
    polled_at: string
    asked: string | null
    refused_at: string | null
    refused_from: string | null
  }
  voided_statement: { source: string; statement_id: string; received_at: string }
  erased_result: { mark: string; revision: number; body_mark: string; erased_at: string }
  erased_attempt: { mark: string; day: string; forget_on: string }
  erased_credential: {
    assertion_id: string
    credential_id: string
    status_list: number
    status_index: number
    status_method: StatusMethod
    assertion_key: string | null
    revoked_class: RevocationClass | null
    result_mark: string
  }
  mail: {
    id: string
    badge_id: string | null
    account_id: string | null
    kind: Delivery['kind']
    email: string | null
    state: MailState
    message_id: string
    at: string
    answer: string
    bounced_at: string | null
  }
}
