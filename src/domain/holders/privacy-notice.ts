import { isDeepStrictEqual } from 'node:util'
import type { Programme, ThirdParty } from '../../../schemas/programme.ts'
import type { IssuerView } from '../../../schemas/view.ts'
import type { Addresses } from '../programme/addresses.ts'
import { type Adoption, type Contact, contactOf } from '../programme/programme.ts'
import { viewIssuer } from '../programme/programme-views.ts'
import { dayOf } from '../rules/attempt.ts'

/** The programme's part of the privacy page. What Blazon itself does is the same everywhere. */
export type PrivacyNotice = {
  issuer: IssuerView
  contact: Contact
  thirdParties: ThirdParty[]
  policy?: string
  terms?: string
  /** The day, in the programme's zone, on which the third parties and links last changed. */
  updatedOn: string
  /** Whether files carry the salted hash of the holder's address. */
  emailHash: boolean
  /** Whether any exam shows its score. */
  scores: boolean
}

/** The notice of a programme; `since` is the instant of its last change. */
export function privacyNotice(
  programme: Programme,
  since: string,
  addresses: Addresses,
): PrivacyNotice {
  return {
    issuer: viewIssuer(programme, addresses),
    contact: contactOf(programme),
    thirdParties: programme.thirdParties,
    ...programme.privacy,
    updatedOn: dayOf(since, programme.timeZone),
    emailHash: programme.policies.emailIdentifier,
    scores: programme.exams.some(({ showScore }) => showScore),
  }
}

/**
 * The instant since which third parties and links are as `current` has them: the adoption of the first version after
 * the last one that differs. `adoptions` has every version, oldest first, `current` among them.
 */
export function noticeSince(adoptions: Adoption[], current: Programme): string {
  const last = adoptions.findLastIndex(({ programme }) => !hasSameNotice(programme, current))
  // A file that returns makes no new version; then the date is that of the version it replaced, at the earliest.
  return (adoptions[last + 1] ?? adoptions[last])?.addedAt ?? ''
}

function hasSameNotice(one: Programme, other: Programme) {
  return (
    isDeepStrictEqual(one.thirdParties, other.thirdParties) &&
    isDeepStrictEqual(one.privacy, other.privacy)
  )
}
