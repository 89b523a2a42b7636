/** The purpose of a mailed link: to sign in, to claim a badge, to prove another address. */
export type LinkPurpose = 'sign-in' | 'claim' | 'address'

/** A mailed link; only its hash is kept. */
export type MailLink = {
  purpose: LinkPurpose
  email: string
  badgeId: string | null
  accountId: string | null
  createdAt: string
  expiresAt: string
  spentAt: string | null
}

/** A link is not mailed later than this after its request, as an ISO duration. */
export const linkAwaited = 'PT1H'

/** At most so many links are mailed to one address within `linksWhile`, an ISO duration. */
export const mostLinks = 5
export const linksWhile = 'PT1H'

/**
 * How long each link can be used, as ISO durations. Claim mails are opened days later; a used or old link offers a new
 * one.
 */
export const linkLives: Record<LinkPurpose, string> = {
  'sign-in': 'PT15M',
  claim: 'PT336H',
  address: 'PT24H',
}
