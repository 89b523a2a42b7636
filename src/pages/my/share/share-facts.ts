import { mostShareLinks, type ShareLink } from '../../../domain/badge/share-link.ts'
import type { HolderBadge } from '../../../domain/holders/holder-view.ts'
import type { Sharing } from '../../../domain/holders/sharing-links.ts'
import type { Word, Words } from '../../../words/words.ts'

/** A share link that was just made. Its address can only be shown now. */
export type NewLink = { url: string; link: ShareLink }

/** The message that says why a badge cannot be shared, or undefined when it can. */
export function notShared({ claim, view, showExpired, ...badge }: HolderBadge): Word | undefined {
  if (claim !== 'claimed') return 'sharing.not.claim'
  if (view.status === 'revoked') return 'sharing.not.revoked'
  if (view.status === 'expired' && !showExpired) return 'sharing.not.expired'
  if (view.preview === undefined && badge.shareLinks.length >= mostShareLinks)
    return 'sharing.not.full'
  return undefined
}

/** The address that others can open: the page of a public badge, else that of the new link. */
export function sharedAddress(badge: HolderBadge, newLink?: NewLink): string | undefined {
  return badge.view.preview === undefined ? newLink?.url : badge.view.links.page
}

/** Everything that the addresses of networks are made from. */
export function sharingOf(
  { view }: HolderBadge,
  page: string,
  { organizationId }: { organizationId?: string | undefined },
  t: Words,
): Sharing {
  const names = { achievement: view.achievement.name, issuer: view.issuer.name }
  return {
    view,
    page,
    organizationId,
    said: {
      post: t.say('sharing.post', names),
      subject: t.say('sharing.subject', names),
      body: t.say('sharing.body', { ...names, page }),
    },
  }
}
