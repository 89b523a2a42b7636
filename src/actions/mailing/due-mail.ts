import type { Badge } from '../../domain/badge/badge.ts'
import {
  type BadgeMailKind,
  type EventKind,
  notDue,
  overtakenBy,
} from '../../domain/holders/mail.ts'
import type { PlannedMail } from '../../domain/holders/mail-keys.ts'
import type { ProgrammeVersion } from '../../domain/programme/programme.ts'
import { happenedAfter } from '../../storage/audit.ts'
import { findBadge } from '../../storage/badges/badges.ts'
import { findRenewals } from '../../storage/badges/shown-badges.ts'
import type { Tools } from '../tools/tools.ts'

/** One recipient of a mail, and what the address is to the holder. */
export type Recipient = { email: string; whose: 'candidate' | 'main' | 'other' }

/** A badge with the facts that decide whether a mail about it is due. */
export type Mailed = { badge: Badge; version: ProgrammeVersion; renewed: boolean }

/** A badge with what mails about it need. */
export async function findMailed(
  { db, programmes }: Pick<Tools, 'db' | 'programmes'>,
  id: string,
): Promise<Mailed | undefined> {
  const badge = await findBadge(db, id)
  const version = badge && (await programmes.at(db, badge.programmeVersion))
  if (!badge || !version) return undefined
  const { renewedBy } = await findRenewals(db, badge)
  return { badge, version, renewed: renewedBy !== undefined }
}

/** Why a mail must not be sent now, as a sentence. */
export function whyNot(
  { now }: Pick<Tools, 'now'>,
  kind: BadgeMailKind,
  { badge, version, renewed }: Mailed,
): string | undefined {
  const { timeZone } = version.programme
  return notDue(kind, { badge, renewed, now: now(), timeZone })
}

/**
 * Why the mail of an event would be out of date. The later event has a mail of its own, so the holder learns the
 * outcome.
 */
export async function overtaken(
  { db }: Pick<Tools, 'db'>,
  { badge, kind, event }: PlannedMail,
): Promise<string | undefined> {
  if (event === undefined) return undefined
  const action = overtakenBy[kind as EventKind]
  const later = await happenedAfter(db, { subject: badge, action, line: event })
  return later ? 'A later change has a mail of its own.' : undefined
}
