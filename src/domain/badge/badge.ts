import type {
  BadgeAnswer,
  BadgeState,
  NameDisplay,
  Revocation,
  Visibility,
} from '../../../schemas/badge.ts'
import type { Programme } from '../../../schemas/programme.ts'
import type { Addresses } from '../programme/addresses.ts'

export type RevocationClass = Revocation['class']
export type StatusMethod = Programme['policies']['statusMethod']

/** The e-mail address as files carry it: a salted hash, made once at issue. */
export type Recipient = { hash: string; salt: string }

/** The record that a candidate earned an achievement, in one of its states. Instants are ISO with `Z`, dates are calendar days. */
export type Badge = LiveBadge | RevokedBadge

/** A badge that is not revoked; a result has at most one. */
export type LiveBadge = ReservedBadge | IssuedBadge

/** Its ids, number, time and place in the status list are taken; nothing is signed. */
export type ReservedBadge = BadgeFacts & NotRevoked & { issuedAt: null }

/** Signed, and not revoked. It may be suspended, or expired by the clock. */
export type IssuedBadge = BadgeFacts & NotRevoked & { issuedAt: string }

/** Revoked, permanently. No later result restores a badge that an operator revoked. */
export type RevokedBadge = BadgeFacts & {
  issuedAt: string | null
  revokedAt: string
  revokedClass: RevocationClass
  revokedBy: 'result' | 'operator'
}

type NotRevoked = { revokedAt: null; revokedClass: null; revokedBy: null }

/** A later result lifts a suspension by a result; only an operator lifts one by an operator. */
type Suspension =
  | { suspendedAt: null; suspendedBy: null }
  | { suspendedAt: string; suspendedBy: 'result' | 'operator' }

/** A badge is open until its candidate claims or declines it. */
type Claim =
  | { claimedAt: null; declinedAt: null }
  | { claimedAt: string; declinedAt: null }
  | { claimedAt: null; declinedAt: string }

type BadgeFacts = Suspension &
  Claim & {
    id: string
    slug: string
    hostedId: string
    subjectId: string
    source: string
    resultId: string
    /** The revision of the result for which it was reserved. */
    revision: number
    candidateId: string
    holder: Holder
    exam: string
    achievement: string
    programmeVersion: number
    certificationNumber: string
    earnedOn: string
    expiresOn: string
    validFrom: string
    validUntil: string
    score: string | null
    recipient: Recipient | null
    hostedKey: string
    statusMethod: StatusMethod
    visibility: Visibility
    nameDisplay: NameDisplay
    discoverable: boolean
    showExpired: boolean
    reservedAt: string
    changes: number
    /** The badge that this one renews. In files, the shared certification number is the only link. */
    renews: string | null
    /** The account that claimed or declined it; null before that. */
    accountId: string | null
  }

/**
 * `standard` names no holder. `named` and `new-address` are made at the holder's request; the latter once for each
 * address.
 */
export type CredentialKind = 'standard' | 'named' | 'new-address'

/** One credential of a badge: its ids, its place in the status list, and the bytes that were signed. */
export type Credential = {
  id: string
  badgeId: string
  kind: CredentialKind
  assertionId: string
  credentialId: string
  statusList: number
  statusIndex: number
  reservedAt: string
  dataIntegrity: string | null
  assertionJws: string | null
  assertionKey: string | null
  credentialJwt: string | null
  /** The holder's name in the bytes of a named credential. */
  name: string | null
  /**
   * The address in its bytes, with its own salt. Null in old ones, which have the badge's, and where files carry no
   * address.
   */
  recipient: Recipient | null
  /** When a corrected credential replaced it; it is revoked from then on. */
  replacedAt: string | null
}

/** The holder's name, as the exam system has it now. */
export type Holder = { fullName: string; latinName: string | null }

/** Expiry is computed from `now` (ISO instant with `Z`). Revoked outranks suspended, which outranks expired. */
export function badgeState(
  badge: Pick<Badge, 'revokedAt' | 'suspendedAt' | 'validUntil'>,
  now: string,
): BadgeState {
  if (badge.revokedAt) return 'revoked'
  if (badge.suspendedAt) return 'suspended'
  return isExpired(badge, now) ? 'expired' : 'valid'
}

const seconds = 'YYYY-MM-DDTHH:MM:SS'.length

/** Whether the last second of its validity has passed. */
export function isExpired(badge: Pick<Badge, 'validUntil'>, now: string): boolean {
  // Text of one form compares as time does, and takes a tenth of the time; the last second is left to the clock.
  const [present, last] = [now.slice(0, seconds), badge.validUntil.slice(0, seconds)]
  if (present !== last && now.endsWith('Z') && badge.validUntil.endsWith('Z')) return present > last
  return Date.parse(now) > Date.parse(badge.validUntil)
}

/** What the API answers exam systems and operators about a badge. */
export function badgeAnswer(badge: Badge, addresses: Addresses, now: string): BadgeAnswer {
  return {
    id: badge.id,
    state: badgeState(badge, now),
    achievement: badge.achievement,
    certificationNumber: badge.certificationNumber,
    earnedOn: badge.earnedOn,
    expiresOn: badge.expiresOn,
    visibility: badge.visibility,
    nameDisplay: badge.nameDisplay,
    discoverable: badge.discoverable,
    showExpired: badge.showExpired,
    links: addresses.badgeLinks(badge.slug, badge.hostedId),
  }
}

/**
 * The text of a signed credential in two parts. `shape` is what all credentials of one achievement version have in
 * common, with a line break in place of each value; `id` is made from it. `values` are the texts of the values, without
 * quotation marks.
 */
export type ShapedText = { id: string; shape: string; values: string[] }
