import type { Badge } from '../../domain/badge/badge.ts'
import { undoUntil } from '../../domain/badge/decline.ts'
import { shownName, viewBadge } from '../../domain/badge/privacy.ts'
import { isLive, type ShareLink } from '../../domain/badge/share-link.ts'
import type {
  AddressFiles,
  Claim,
  HistoryEntry,
  HolderBadge,
  Naming,
} from '../../domain/holders/holder-view.ts'
import type { Account } from '../../domain/people/account.ts'
import { ownerActor } from '../../domain/people/account.ts'
import { cannotDraw } from '../../drawing/can-draw.ts'
import { findHistory } from '../../storage/audit.ts'
import { findOwnedBadges, owns } from '../../storage/badges/holder-badges.ts'
import { listShareLinks } from '../../storage/badges/share-links.ts'
import { findRenewals } from '../../storage/badges/shown-badges.ts'
import { listAddressFiles } from '../issuing/issue-for-address.ts'
import { isHeldBack, printable } from '../showing/can-print.ts'
import { findHolderBadge } from '../support/holder-badge.ts'
import type { Tools } from '../tools/tools.ts'
import { readNaming } from './read-naming.ts'

/** Every badge of an account, latest earned first. */
export async function listHolderBadges(
  tools: Tools,
  { id }: Pick<Account, 'id'>,
): Promise<HolderBadge[]> {
  const badges = await findOwnedBadges(tools.db, id)
  const links = await listShareLinks(
    tools.db,
    badges.map((badge) => badge.id),
  )
  return Promise.all(
    badges.map((badge) =>
      holderBadge(
        tools,
        badge,
        links.filter(({ badgeId }) => badgeId === badge.id),
      ),
    ),
  )
}

/** One badge of an account, with its history, latest first. Throws `not-found`. */
export async function readHolderBadge(
  tools: Tools,
  { accountId, badgeId }: { accountId: string; badgeId: string },
): Promise<{
  badge: HolderBadge
  history: HistoryEntry[]
  naming: Naming | undefined
}> {
  const badge = await findHolderBadge(tools.db, { accountId, badgeId })
  const lines = await findHistory(tools.db, badgeId)
  const history = lines.flatMap((line) => historyEntries(line, ownerActor(accountId)))
  const own = await holderBadge(tools, badge, await listShareLinks(tools.db, [badgeId]))
  return {
    badge: { ...own, ...(await ownRenewals(tools, badge, accountId)) },
    history: history.toReversed(),
    naming: await readNaming(tools, badge),
  }
}

/** One badge of an account, with its files for other addresses. Throws `not-found`. */
export async function readFiles(
  tools: Tools,
  { accountId, badgeId }: { accountId: string; badgeId: string },
): Promise<{ badge: HolderBadge; emailHash: boolean; addressFiles: AddressFiles }> {
  const badge = await findHolderBadge(tools.db, { accountId, badgeId })
  return {
    badge: await holderBadge(tools, badge, []),
    emailHash: badge.recipient !== null,
    addressFiles: await listAddressFiles(tools, badge, accountId),
  }
}

/** The previous and the next badge of a certification, where the same account owns them. */
async function ownRenewals(
  { db }: Tools,
  badge: Badge,
  accountId: string,
): Promise<Pick<HolderBadge, 'renews' | 'renewedBy'>> {
  const { renews, renewedBy } = await findRenewals(db, badge)
  const isOwn = ({ id }: Badge) => owns(db, { id }, accountId)
  return {
    ...(renews && (await isOwn(renews)) && { renews }),
    ...(renewedBy && (await isOwn(renewedBy)) && { renewedBy }),
  }
}

/** A badge as its owner sees it. */
export async function holderBadge(
  { db, programmes, addresses, now }: Tools,
  badge: Badge,
  links: ShareLink[],
): Promise<HolderBadge> {
  const version = await programmes.at(db, badge.programmeVersion)
  if (!version) throw new Error(`programme version ${badge.programmeVersion} is not on record`)
  const canDraw = await printable(db, badge)
  const facts = { programme: version.programme, addresses, now: now(), canDraw }
  const shown = viewBadge(badge, 'owner', facts)
  if (shown.kind !== 'shown') throw new Error('an owner does not see their badge')
  const named = (nameDisplay: Badge['nameDisplay']) =>
    shownName({ holder: badge.holder, nameDisplay }) ?? null
  return {
    id: badge.id,
    visibility: badge.visibility,
    nameDisplay: badge.nameDisplay,
    discoverable: badge.discoverable,
    showExpired: badge.showExpired,
    claim: claimOf(badge),
    undoUntil: badge.declinedAt === null ? null : undoUntil(badge.declinedAt, now()),
    view: shown.view,
    names: { full: named('full'), initials: named('initials'), hidden: null },
    certificate: {
      address: addresses.certificate(badge.slug),
      missing: cannotDraw(badge.holder.fullName),
      held: await isHeldBack(db, badge),
    },
    shareLinks: links.map((link) => ({ ...link, live: isLive(link, now(), { counted: true }) })),
  }
}

function claimOf({ claimedAt, declinedAt }: Badge): Claim {
  if (declinedAt !== null) return 'declined'
  return claimedAt === null ? 'open' : 'claimed'
}

const events: Record<string, HistoryEntry['what']> = {
  'badge.issued': 'issued',
  'badge.reissued': 'reissued',
  'badge.renamed': 'renamed',
  'badge.named': 'named',
  'badge.addressed': 'addressed',
  'badge.claimed': 'claimed',
  'badge.declined': 'declined',
  'badge.reopened': 'reopened',
  'badge.shared': 'shared',
  'badge.unshared': 'unshared',
  'badge.privacy': 'settings',
  'badge.suspended': 'suspended',
  'badge.reinstated': 'reinstated',
  'badge.revoked': 'revoked',
}

type Line = Awaited<ReturnType<typeof findHistory>>[number]

function historyEntries({ at, actor, action, details }: Line, you: string): HistoryEntry[] {
  const what = events[action]
  if (!what) return []
  const by = actor === you ? 'you' : actor.startsWith('api-key:') ? 'programme' : 'blazon'
  return [{ at, what, by, ...(what === 'settings' && { settings: details }) }]
}
