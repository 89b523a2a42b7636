import { type Badge, badgeState } from '../../domain/badge/badge.ts'
import {
  access,
  noBadge,
  type Viewer,
  viewBadge,
  viewRenewals,
} from '../../domain/badge/privacy.ts'
import type { ProgrammeVersion } from '../../domain/programme/programme.ts'
import { writeAudit } from '../../storage/audit.ts'
import { owns } from '../../storage/badges/holder-badges.ts'
import {
  type At,
  findGate,
  findLinkedGates,
  findRenewals,
  findShownBadge,
  type KnownGate,
} from '../../storage/badges/shown-badges.ts'
import type { Found } from '../issuing/found-badge.ts'
import type { Actor, Tools } from '../tools/tools.ts'
import { printable } from './can-print.ts'
import { findLiveShare } from './find-live-share.ts'

/**
 * A visitor: an operator, who sees what the owner sees, with a line in the audit log; or anyone else, who may have a
 * share link, or be signed in and possibly own the badge.
 */
export type Visitor =
  | { viewer: 'public'; share?: string; accountId?: string; counted?: boolean }
  | { viewer: 'owner'; actor: Actor }

export type { At }

/** The badge at an address for a visitor. Its view has the renewals that the visitor may know. */
export async function showBadge(
  tools: Tools,
  at: At,
  visitor: Visitor,
): Promise<{ kind: 'hidden' } | Found> {
  const found = await findShown(tools, at, visitor)
  if (found.kind === 'hidden' || found.shown.kind === 'gone') return found
  const { shown, badge } = found
  return {
    ...found,
    shown: { ...shown, view: { ...shown.view, ...(await renewalsFor(tools, badge, visitor)) } },
  }
}

/** A share link is for one badge: its guest sees renewals as the public does. */
async function renewalsFor(tools: Tools, badge: Badge, visitor: Visitor) {
  const { renews, renewedBy } = await findRenewals(tools.db, badge)
  const withViewer = async (linked: Badge | undefined) =>
    linked && { badge: linked, viewer: await relationTo(tools, { id: linked.id }, visitor) }
  return viewRenewals(
    { renews: await withViewer(renews), renewedBy: await withViewer(renewedBy) },
    { addresses: tools.addresses, now: tools.now() },
  )
}

/**
 * Names what the public sees of the badge at an address: its files stay the same as long as the name does. Undefined
 * for a badge that the public may not know, and for none.
 */
export async function namePublicState(
  { db, now }: Pick<Tools, 'db' | 'now'>,
  at: At,
): Promise<string | undefined> {
  const gate = await findGate(db, at)
  const present = now()
  if (access(gate ?? noBadge, 'public', present) === 'hidden' || !gate) return undefined
  return stateName(gate, present)
}

/**
 * The same of the badge's page: it also shows the badges that this one renews and is renewed by, and the second in
 * which it was made.
 */
export async function namePublicPage(
  { db, now }: Pick<Tools, 'db' | 'now'>,
  at: At,
): Promise<string | undefined> {
  const gate = await findGate(db, at)
  const present = now()
  if (access(gate ?? noBadge, 'public', present) === 'hidden' || !gate) return undefined
  const linked = await findLinkedGates(db, gate)
  const states = [gate, ...linked].map((each) => stateName(each, present))
  return [...states, present.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length)].join(' ')
}

function stateName(gate: KnownGate, now: string): string {
  return `${gate.id} ${gate.changes} ${badgeState(gate, now)}`
}

/** Finds the badge at an address for a visitor; `hidden` is the one answer for a private badge and for none. */
export async function findShown(
  tools: Tools,
  at: At,
  visitor: Visitor,
): Promise<{ kind: 'hidden' } | Found> {
  const gate = await findGate(tools.db, at)
  const viewer = await viewerAt(tools, at, visitor)
  const kind = access(gate ?? noBadge, viewer, tools.now())
  if (kind === 'hidden') return { kind }
  return findForms(tools, at, visitor, viewer)
}

/** The visitor's relation to the badge at an address. The queries are the same whether there is a badge or not. */
async function viewerAt(tools: Tools, at: At, visitor: Visitor): Promise<Viewer> {
  const relation = await relationTo(tools, at, visitor)
  if (visitor.viewer === 'owner' || relation === 'owner') return relation
  const { share, counted = false } = visitor
  const link = share === undefined ? undefined : await findLiveShare(tools, at, share, { counted })
  return share !== undefined && link ? { ...link, secret: share } : 'public'
}

/** Whether a visitor owns a badge, or sees what its owner sees. */
async function relationTo(
  { db }: Tools,
  badge: At | { id: string },
  visitor: Visitor,
): Promise<'owner' | 'public'> {
  if (visitor.viewer === 'owner') return 'owner'
  const { accountId } = visitor
  return accountId !== undefined && (await owns(db, badge, accountId)) ? 'owner' : 'public'
}

async function findForms(tools: Tools, at: At, visitor: Visitor, viewer: Viewer) {
  const found = await findShownBadge(tools.db, at)
  const version = found && (await tools.programmes.at(tools.db, found.badge.programmeVersion))
  if (!found || !version)
    throw new Error('a badge is on record without its credential or programme')
  const shown = await view(tools, found.badge, viewer, version)
  if (shown.kind === 'hidden') return shown
  if (visitor.viewer === 'owner')
    await writeAudit(tools.db, {
      at: tools.now(),
      actor: visitor.actor,
      action: 'badge.read',
      subject: found.badge.id,
    })
  return { kind: shown.kind, shown, ...found, version, viewer }
}

async function view(
  { db, addresses, now }: Tools,
  badge: Badge,
  viewer: Viewer,
  { programme }: ProgrammeVersion,
) {
  const canDraw = await printable(db, badge)
  return viewBadge(badge, viewer, { programme, addresses, now: now(), canDraw })
}
