import type { Programme } from '../../../schemas/programme.ts'
import type { BadgeLinks, BadgeView, GoneView } from '../../../schemas/view.ts'
import { initials } from '../people/name-keys.ts'
import type { Addresses } from '../programme/addresses.ts'
import { findAchievement } from '../programme/programme.ts'
import { viewAchievement, viewIssuer } from '../programme/programme-views.ts'
import { type Badge, badgeState, isExpired } from './badge.ts'
import type { ShareLink } from './share-link.ts'

/** The kind of visitor. An operator's key with `badges:read` sees what the owner sees (privacy, rule 8). */
export type Viewer = 'public' | 'owner' | Guest

/** A visitor with a live share link of the badge: its secret, and what it shows. */
export type Guest = { secret: string } & Pick<
  ShareLink,
  'withName' | 'withFiles' | 'withCertificate'
>

/** What a badge shows to a visitor. `hidden` holds nothing, on purpose. */
export type Shown =
  | { kind: 'hidden' }
  | { kind: 'gone'; view: GoneView }
  | { kind: 'shown'; view: BadgeView }

/** The facts of a badge that decide access. */
export type Gate = Pick<
  Badge,
  'issuedAt' | 'visibility' | 'validUntil' | 'showExpired' | 'revokedAt'
>

/** Stands in for a missing badge, so that the answer takes the same time. */
export const noBadge: Gate = {
  issuedAt: null,
  visibility: 'private',
  validUntil: '1970-01-01T00:00:00Z',
  showExpired: false,
  revokedAt: null,
}

/** The one decision on who may know that a badge exists. A revoked private badge is hidden, not gone. */
export function access(badge: Gate, viewer: Viewer, now: string): Shown['kind'] {
  if (!badge.issuedAt) return 'hidden'
  if (viewer === 'owner') return 'shown'
  if (badge.visibility === 'private') return 'hidden'
  if (badge.visibility === 'link' && viewer === 'public') return 'hidden'
  if (isExpired(badge, now) && !badge.showExpired) return 'hidden'
  return badge.revokedAt ? 'gone' : 'shown'
}

/** The badges that a badge renews and is renewed by. */
export type Renewals = { renews?: Badge | undefined; renewedBy?: Badge | undefined }

/** A badge that renews another or is renewed by it, and the visitor's relation to it. */
type Linked = { badge: Badge; viewer: Viewer }

/** The renewals that a visitor may know: each badge by its own settings (programme rules, part 3). */
export function viewRenewals(
  { renews, renewedBy }: Record<keyof Renewals, Linked | undefined>,
  { addresses, now }: Pick<Facts, 'addresses' | 'now'>,
): Pick<BadgeView, 'renews' | 'renewedBy'> {
  const view = (linked: Linked | undefined) => {
    if (!linked || access(linked.badge, linked.viewer, now) !== 'shown') return undefined
    const { slug, hostedId, earnedOn, expiresOn } = linked.badge
    return { page: addresses.badgeLinks(slug, hostedId).page, earnedOn, expiresOn }
  }
  const [older, newer] = [view(renews), view(renewedBy)]
  return { ...(older && { renews: older }), ...(newer && { renewedBy: newer }) }
}

type Facts = {
  programme: Programme
  addresses: Addresses
  now: string
  /** Whether the fonts can draw the whole name. */
  canDraw: (name: string) => boolean
}

/** The view of a badge for one kind of visitor. Pages and public JSON are made from this alone. */
export function viewBadge(badge: Badge, viewer: Viewer, facts: Facts): Shown {
  const kind = access(badge, viewer, facts.now)
  if (kind === 'hidden') return { kind }
  if (kind === 'gone') return { kind, view: goneView(badge, viewer, facts) }
  return { kind, view: badgeView(badge, viewer, facts) }
}

function badgeView(badge: Badge, viewer: Viewer, facts: Facts): BadgeView {
  const { programme, addresses, now } = facts
  const status = badgeState(badge, now)
  const name = nameFor(badge, viewer)
  const since = badge.revokedAt ?? badge.suspendedAt
  return {
    status,
    achievement: viewAchievement(
      programme,
      badge.programmeVersion,
      badge.achievement,
      addresses,
      badge.exam,
    ),
    issuer: viewIssuer(programme, addresses),
    ...(name && { holder: { name } }),
    earnedOn: badge.earnedOn,
    expiresOn: badge.expiresOn,
    timeZone: programme.timeZone,
    validFrom: badge.validFrom,
    validUntil: badge.validUntil,
    certificationNumber: badge.certificationNumber,
    ...(badge.score !== null && { score: badge.score }),
    ...(since && { since }),
    ...(badge.revokedClass && { reason: badge.revokedClass }),
    indexable:
      typeof viewer !== 'object' &&
      badge.visibility === 'public' &&
      badge.discoverable &&
      status !== 'revoked',
    links: linksFor(badge, viewer, addresses),
    ...(typeof viewer === 'object' && { shared: sharedView(badge, viewer, addresses) }),
    // Networks fetch previews without a share link, so a badge that only a link shows has none.
    ...(typeof viewer !== 'object' &&
      access(badge, 'public', now) === 'shown' && {
        preview: previewLinks(badge.slug, name, facts),
      }),
  }
}

/** No card shows a name other than the holder's: while the name cannot be drawn, networks show the picture alone. */
function previewLinks(slug: string, name: string | undefined, { addresses, canDraw }: Facts) {
  const { card: _, ...others } = addresses.previewLinks(slug)
  return name === undefined || canDraw(name) ? addresses.previewLinks(slug) : others
}

function goneView(badge: Badge, viewer: Viewer, { programme, addresses }: Facts): GoneView {
  const { page, image } = linksFor(badge, viewer, addresses)
  return {
    status: 'revoked',
    since: badge.revokedAt ?? '',
    ...(badge.revokedClass && { reason: badge.revokedClass }),
    timeZone: programme.timeZone,
    achievement: { name: findAchievement(programme, badge.achievement)?.name ?? '' },
    issuer: viewIssuer(programme, addresses),
    links: { page, image },
  }
}

/** What a share link lets its guest download. */
function sharedView({ slug }: Badge, guest: Guest, addresses: Addresses) {
  const { secret, withFiles, withCertificate } = guest
  return {
    files: withFiles,
    ...(withCertificate && { certificate: `${addresses.certificate(slug)}?share=${secret}` }),
  }
}

/** A guest's links keep the share secret. */
function linksFor(badge: Badge, viewer: Viewer, addresses: Addresses): BadgeLinks {
  const links = addresses.badgeLinks(badge.slug, badge.hostedId)
  if (typeof viewer !== 'object') return links
  const shared = Object.entries(links).map(([name, address]) => [
    name,
    `${address}?share=${viewer.secret}`,
  ])
  return Object.fromEntries(shared) as BadgeLinks
}

function nameFor(badge: Badge, viewer: Viewer) {
  if (typeof viewer !== 'object') return shownName(badge)
  return viewer.withName ? badge.holder.fullName : undefined
}

/** The holder's name as the setting shows it; undefined when it shows none. */
export function shownName({
  nameDisplay,
  holder,
}: Pick<Badge, 'nameDisplay' | 'holder'>): string | undefined {
  if (nameDisplay === 'hidden') return undefined
  if (nameDisplay === 'initials') return initials(holder.latinName ?? holder.fullName)
  return holder.fullName
}
