import type { NameDisplay, Visibility } from '../../schemas/badge.ts'
import type { CredentialKind, RevocationClass, StatusMethod } from '../domain/badge/badge.ts'
import type { Delivery, MailState } from '../domain/holders/mail.ts'

/** Badges, what was signed for them, and the mails about them. */
export type BadgeTables = {
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
    /** The signed text; with a shape, the list of its values. */
    data_integrity: string | null
    shape: string | null
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
    /**
     * Hash and salt of the address that it is for, unless its text has them among its values. Old rows use the badge's,
     * unless they are for another address.
     */
    recipient_hash: string | null
    recipient_salt: string | null
  }
  /** What the texts of credentials have in common, with a line break in place of each value. */
  credential_shape: { id: string; text: string }
  status_list: { id: number; used: number; changes: number }
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
