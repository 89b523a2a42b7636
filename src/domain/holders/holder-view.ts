import type { NameDisplay, PrivacySettings } from '../../../schemas/badge.ts'
import type { BadgeView } from '../../../schemas/view.ts'
import type { Holder } from '../badge/badge.ts'
import type { ShareLink } from '../badge/share-link.ts'
import type { Session } from '../people/session.ts'

/** Whether a candidate has claimed or declined a badge. */
export type Claim = 'open' | 'claimed' | 'declined'

/** A badge for the page where its holder decides about it. Instants are ISO with `Z`. */
export type HolderBadge = PrivacySettings & {
  id: string
  claim: Claim
  /** Until when the holder can withdraw that they declined; null when they cannot. */
  undoUntil: string | null
  view: BadgeView
  /** The previous and the next badge of the certification, where the same person owns them. */
  renews?: { id: string; earnedOn: string }
  renewedBy?: { id: string; expiresOn: string }
  /** The name as each setting would show it. */
  names: Record<NameDisplay, string | null>
  /** The address of its certificate, the characters that no font has, and whether an operator checks the name first. */
  certificate: { address: string; missing: string[]; held: boolean }
  shareLinks: (ShareLink & { live: boolean })[]
}

/** The name on a badge, and its owner's last request to change it. */
export type Naming = { now: Holder; asked?: Asked }

/** The state of a request for another name. `settled`: the exam system sent another name before an operator decided. */
export type Asked = {
  state: 'open' | 'approved' | 'refused' | 'settled'
  wanted: Holder
  reason: string
  askedAt: string
  decidedAt: string | null
  /** The operator's answer to the holder. */
  answer: string | null
  /** The characters of the wanted name that no font has. */
  missing: string[]
}

/** The files of a badge for the holder's other addresses: those made, and the addresses for which one can be made. */
export type AddressFiles = { made: { id: string; email: string }[]; offered: string[] }

/** An event in a badge's history: what, when, and by whom. */
export type HistoryEntry = {
  at: string
  what:
    | 'issued'
    | 'reissued'
    | 'renamed'
    | 'named'
    | 'addressed'
    | 'claimed'
    | 'declined'
    | 'reopened'
    | 'shared'
    | 'unshared'
    | 'settings'
    | 'suspended'
    | 'reinstated'
    | 'revoked'
  /** The new values, where settings were changed. */
  settings?: Partial<PrivacySettings>
  by: 'you' | 'programme' | 'blazon'
}

/** A session as its owner sees it; `current` is the one that makes the request. */
export type HolderSession = Session & { current: boolean }

/** What a page with forms needs: the token in its forms, and the outcome of the last one. */
export type FormFacts = { token: string; done?: string; mistake?: string }
