import type { Badge, Credential, Holder } from '../domain/badge.ts'
import { type Shown, type Viewer, viewBadge } from '../domain/privacy.ts'
import type { ProgrammeVersion } from '../domain/programme.ts'
import { writeAudit } from '../storage/audit.ts'
import { findBadge } from '../storage/badges.ts'
import { findCredential } from '../storage/credentials.ts'
import { findResult } from '../storage/results.ts'
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
  const badge = await findBadge(tools.db, 'slug' in at ? at : { hosted_id: at.hostedId })
  const credential = await findCredential(tools.db, { badge_id: badge?.id ?? '' })
  const version = await tools.programmes.at(
    badge?.programmeVersion ?? tools.programmes.current().version,
  )
  const holder = await findHolder(tools, badge)
  if (!badge || !credential || !version || !holder) return { kind: 'hidden' }
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

async function findHolder({ db }: Tools, badge: Badge | undefined): Promise<Holder | undefined> {
  const result = await findResult(db, badge?.source ?? '', badge?.resultId ?? '')
  if (!result) return undefined
  const { fullName, latinName } = result.message.candidate
  return { fullName, latinName: latinName ?? null }
}
