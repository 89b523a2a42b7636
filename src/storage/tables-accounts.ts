import type { NameDisplay } from '../../schemas/badge.ts'
import type { LinkPurpose } from '../domain/people/mail-link.ts'

/** The tables of candidates' accounts and choices, with the types of `Tables`. */
export type AccountTables = {
  account: { id: string; created_at: string }
  account_address: { email: string; account_id: string; verified_at: string; main: number }
  mail_link: {
    hash: string
    purpose: LinkPurpose
    email: string
    badge_id: string | null
    account_id: string | null
    created_at: string
    expires_at: string
    spent_at: string | null
  }
  session: {
    id: string
    hash: string
    /** The secret before the last change, for requests under way at that time. */
    previous_hash: string | null
    rotated_at: string
    account_id: string
    agent: string
    created_at: string
    seen_at: string
    expires_at: string
  }
  share_link: {
    id: string
    badge_id: string
    hash: string
    label: string
    with_name: number
    with_files: number
    with_certificate: number
    expires_at: string | null
    view_limit: number | null
    views: number
    created_at: string
    seen_at: string | null
  }
  profile: {
    account_id: string
    handle: string
    shown: number
    name_display: NameDisplay
    discoverable: number
    /** Its place in the sitemap; two may share one. */
    place: number
  }
  /**
   * Former handles, reserved until an instant. `account_id` is the former owner; null for the pseudonym of an erased
   * handle.
   */
  former_handle: { handle: string; account_id: string | null; until: string }
  /** The directory's index of badges. Every change of a badge rewrites its rows, from the badge alone. */
  directory: {
    key: string
    valid_from: string
    badge_id: string
    valid_until: string
    achievement: string
    slug: string
    /** The badge's place in the sitemap, in one of its rows; two badges may share one. */
    place: number | null
  }
  /** Recent requests for links, by a pseudonym of the address; `asked` is JSON, the instants. */
  mail_limit: { mark: string; asked: string; until: string }
}
