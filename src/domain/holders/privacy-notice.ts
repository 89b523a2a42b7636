import { isDeepStrictEqual } from 'node:util'
import type { Programme, ThirdParty } from '../../../schemas/programme.ts'
import type { IssuerView } from '../../../schemas/view.ts'
import type { Addresses } from '../programme/addresses.ts'
import { type Adoption, type Contact, contactOf } from '../programme/programme.ts'
import { viewIssuer } from '../programme/programme-views.ts'
import { dayOf } from '../rules/attempt.ts'

/** What the privacy page says of one programme; what Blazon itself does is the same everywhere. */
export type PrivacyNotice = {
  issuer: IssuerView
  contact: Contact
  thirdParties: ThirdParty[]
  policy?: string
  terms?: string
  /** The day, in the programme's zone, since which the third parties and the links are what they are. */
  updatedOn: string
  /** Whether files carry the salted hash of the holder's address. */
  emailHash: boolean
  /** Whether any exam shows its score. */
  scores: boolean
}

/** The notice of a programme, unchanged since an instant. */
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
 * The instant since which third parties and links are as `current` has them: when the first version after the last that said
 * something else was adopted. `adoptions` is every version, oldest first, `current` among them.
 */
export function noticeSince(adoptions: Adoption[], current: Programme): string {
  const last = adoptions.findLastIndex(({ programme }) => !saysTheSame(programme, current))
  // An older file that comes back makes no new version: then it is no earlier than the one that it took the place of.
  return (adoptions[last + 1] ?? adoptions[last])?.addedAt ?? ''
}

function saysTheSame(one: Programme, other: Programme) {
  return (
    isDeepStrictEqual(one.thirdParties, other.thirdParties) &&
    isDeepStrictEqual(one.privacy, other.privacy)
  )
}
