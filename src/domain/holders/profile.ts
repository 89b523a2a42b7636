import type { NameDisplay } from '../../../schemas/badge.ts'
import type { ListedBadge, ProfileView } from '../../../schemas/profile.ts'
import type { Programme } from '../../../schemas/programme.ts'
import { type Badge, badgeState } from '../badge/badge.ts'
import { access, shownName } from '../badge/privacy.ts'
import type { Addresses } from '../programme/addresses.ts'
import type { ProgrammeVersion } from '../programme/programme.ts'
import { viewAchievement, viewIssuer } from '../programme/programme-views.ts'
import type { Pseudonymise } from './erasure.ts'

/**
 * A public page under a handle that an account chose. The handle belongs to the account, whether the page is shown or
 * not.
 */
export type Profile = {
  accountId: string
  handle: string
  shown: boolean
  nameDisplay: NameDisplay
  /** Whether search engines may index it. */
  discoverable: boolean
}

/** How long a former handle stays reserved, as an ISO duration: links to it must not lead to a stranger. */
export const handleRest = 'PT2160H'

/** Whether a text can be a handle: 3 to 30 lower-case letters, digits, and single hyphens between them. */
export function isHandle(text: string): boolean {
  return text.length >= 3 && text.length <= 30 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text)
}

/** Whether a handle could pass for a part of the site, or for its staff. */
export function isReserved(handle: string): boolean {
  return reserved.has(handle)
}

const reserved = new Set(
  `about abuse account accounts admin administrator api app assets badge badges blazon certificate certificates certification
  claim contact demo directory docs download embed error example export feed feeds help home hostmaster html index info issuer
  json keys legal login logout mail me moderator my news nobody none null official oembed operator postmaster press privacy
  profile profiles robots root rss search security settings share sign-in sign-out signin signout signup site sitemap staff
  status support system team terms test undefined user users verify webmaster well-known www xml`.split(
    /\s+/,
  ),
)

/** The pseudonym of an erased account's handle: it keeps the handle reserved without revealing it. */
export function handlePseudonym(pseudonymise: Pseudonymise, handle: string): string {
  return pseudonymise(JSON.stringify(['erased handle', handle]))
}

type Facts = { addresses: Addresses; now: string }
type Versioned = { badge: Badge; version: ProgrammeVersion }

/**
 * The public view of a profile: its public badges, newest first, with the name on the first one. If search engines may
 * index it, it has discoverable badges only, since it would lead search engines to the others.
 */
export function viewProfile(
  { handle, nameDisplay, discoverable }: Profile,
  all: Versioned[],
  { programme, addresses, now }: Facts & { programme: Programme },
): ProfileView {
  const badges = all
    .filter(({ badge }) => access(badge, 'public', now) === 'shown')
    .filter(({ badge }) => badge.discoverable || !discoverable)
    .toSorted((one, other) => byNewest(one.badge, other.badge))
  const [latest] = badges
  const name = latest && shownName({ nameDisplay, holder: latest.badge.holder })
  return {
    handle,
    ...(name && { name }),
    page: addresses.profile(handle),
    feed: addresses.profileFeed(handle),
    indexable: discoverable,
    issuer: viewIssuer(programme, addresses),
    badges: badges.map((each) => listedBadge(each, { addresses, now })),
  }
}

function byNewest(one: Badge, other: Badge) {
  const [first, second] = [`${one.validFrom} ${one.id}`, `${other.validFrom} ${other.id}`]
  return first < second ? 1 : -1
}

/** One public badge of a list. It names its holder if `named` is set. */
export function listedBadge(
  { badge, version: { programme, version } }: Versioned,
  { addresses, now, named = false }: Facts & { named?: boolean },
): ListedBadge {
  const status = badgeState(badge, now)
  if (status === 'revoked') throw new Error('a revoked badge is in no list')
  const { id, name, description, level, picture, pictureAlt, address } = viewAchievement(
    programme,
    version,
    badge.achievement,
    addresses,
    badge.exam,
  )
  const { page, image } = addresses.badgeLinks(badge.slug, badge.hostedId)
  const holder = named && shownName(badge)
  return {
    status,
    achievement: { id, version, name, description, level, picture, pictureAlt, address },
    ...(holder && { holder: { name: holder } }),
    earnedOn: badge.earnedOn,
    expiresOn: badge.expiresOn,
    validFrom: badge.validFrom,
    page,
    image,
  }
}
