import type { Badge, Credential, Holder } from '../domain/badge.ts'
import { type Shown, type Viewer, viewBadge } from '../domain/privacy.ts'
import type { ProgrammeVersion } from '../domain/programme.ts'
import { writeAudit } from '../storage/audit.ts'
import { findShownBadge } from '../storage/shown-badges.ts'
import type { Actor, Tools } from './tools.ts'

/** Who asks: the public, or an operator, who sees what the owner sees and is noted in the audit log. */
export type Visitor = { viewer: 'public' } | { viewer: 'owner'; actor: Actor }

export type At = { slug: string } | { hostedId: string }

/** What the badge at an address shows to a visitor. */
export async function showBadge(tools: Tools, at: At, visitor: Visitor): Promise<Shown> {
  const found = await findShown(tools, at, visitor)
  return found.kind === 'hidden' ? found : found.shown
}

/** A badge that its visitor may know of, with what its forms are made from. */
export type Found = {
  kind: 'gone' | 'shown'
  shown: Exclude<Shown, { kind: 'hidden' }>
  badge: Badge
  credential: Credential
  version: ProgrammeVersion
}

/** Finds the badge at an address for a visitor; `hidden` is the same answer for a private badge and none. */
export async function findShown(
  tools: Tools,
  at: At,
  visitor: Visitor,
): Promise<{ kind: 'hidden' } | Found> {
  const found = await findShownBadge(tools.db, at)
  const version = await tools.programmes.at(
    found?.badge.programmeVersion ?? tools.programmes.current().version,
  )
  if (!found || !version) return { kind: 'hidden' }
  const { badge, credential, holder } = found
  const shown = view(tools, badge, visitor.viewer, holder, version)
  if (shown.kind === 'hidden') return shown
  if (visitor.viewer === 'owner')
    await writeAudit(tools.db, {
      at: tools.now(),
      actor: visitor.actor,
      action: 'badge.read',
      subject: badge.id,
    })
  return { kind: shown.kind, shown, badge, credential, version }
}

function view(
  { addresses, now }: Tools,
  badge: Badge,
  viewer: Viewer,
  holder: Holder,
  { programme }: ProgrammeVersion,
) {
  return viewBadge(badge, viewer, { holder, programme, addresses, now: now() })
}
