import type { NameDisplay, PrivacySettings } from '../../../schemas/badge.ts'
import type { BadgeView } from '../../../schemas/view.ts'
import type { Holder } from '../badge/badge.ts'
import type { ShareLink } from '../badge/share-link.ts'
import type { Session } from '../people/account.ts'

/** What a candidate has made of a badge so far. */
export type Claim = 'open' | 'claimed' | 'declined'

/** One of somebody's own badges, for the page where they decide about it. Instants are ISO with `Z`. */
export type HolderBadge = PrivacySettings & {
  id: string
  claim: Claim
  /** Until when they can take back that they declined, while they can. */
  undoUntil: string | null
  view: BadgeView
  /** The badges before and after it in its certification, where they are the same person's own. */
  renews?: { id: string; earnedOn: string }
  renewedBy?: { id: string; expiresOn: string }
  /** The name as each way of showing it would print it. */
  names: Record<NameDisplay, string | null>
  /** Where its certificate is, the characters of the name for which there is none yet, and whether the name is being checked first. */
  certificate: { address: string; missing: string[]; held: boolean }
  shareLinks: (ShareLink & { live: boolean })[]
}

/** The name on a badge, and the last that its owner asked about it. */
export type Naming = { now: Holder; asked?: Asked }

/** What became of a request for another name. `settled`: the exam system has sent another name before anybody decided. */
export type Asked = {
  state: 'open' | 'approved' | 'refused' | 'settled'
  wanted: Holder
  reason: string
  askedAt: string
  decidedAt: string | null
  /** What the operator who decided says to it. */
  answer: string | null
  /** What of the wanted name our fonts cannot draw. */
  missing: string[]
}

/** The files of a badge for other addresses than the standard ones': those there are, and for which of one's addresses there could be. */
export type AddressFiles = { made: { id: string; email: string }[]; offered: string[] }

/** Something that happened to a badge, in the words of its owner: what, when, and who, where it was not they. */
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
  /** What the settings were changed to, where they were. */
  settings?: Partial<PrivacySettings>
  by: 'you' | 'programme' | 'blazon'
}

/** A session as its owner sees it; `current` is the one that asks. */
export type HolderSession = Session & { current: boolean }

/** What a page with a form needs besides: the token that its forms carry, and what the last one did. */
export type FormFacts = { token: string; done?: string; mistake?: string }
