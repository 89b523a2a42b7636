import type { Db } from './database.ts'
import { fixedInsert, fixedQuery } from './fixed-query.ts'

/**
 * One line of the append-only log: who did what to which subject, and when. It has internal ids only. An operator's
 * text is a note beside the line, since it may name people.
 */
export type AuditEntry = {
  at: string
  actor: string
  action: string
  subject: string
  details?: Record<string, unknown>
  note?: string | undefined
}

/**
 * Adds a line to the log, which accepts no change and no deletion. Answers its number: of two lines about one subject,
 * the later one has the higher number, since writing about a badge requires its lock.
 */
export async function writeAudit(
  db: Db,
  { at, actor, action, subject, details = {}, note }: AuditEntry,
): Promise<number> {
  const [line] = await addLine(db, { at, actor, action, subject, details: JSON.stringify(details) })
  const { id } = line as { id: number }
  if (note) await db.insertInto('audit_note').values({ audit_id: id, note }).execute()
  return id
}

/** Adds lines without notes. */
export async function writeAudits(db: Db, entries: Omit<AuditEntry, 'note'>[]): Promise<void> {
  const lines = entries.map(({ details = {}, ...entry }) => ({
    ...entry,
    details: JSON.stringify(details),
  }))
  await addLines(db, lines)
}

const addLines = fixedInsert((db, lines: Line[]) => db.insertInto('audit').values(lines))

type Line = Record<'at' | 'actor' | 'action' | 'subject' | 'details', string>
const addLine = fixedQuery((db, { at, actor, action, subject, details }: Line) =>
  db.insertInto('audit').values({ at, actor, action, subject, details }).returning('id'),
)

/** Whether an action happened to a subject after a line of the log. */
export async function happenedAfter(
  db: Db,
  { subject, action, line }: Pick<AuditEntry, 'subject' | 'action'> & { line: number },
): Promise<boolean> {
  const row = await db
    .selectFrom('audit')
    .select('id')
    .where('subject', '=', subject)
    .where('action', '=', action)
    .where('id', '>', line)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** The history of a badge, oldest first, without reads. */
export async function findHistory(db: Db, subject: string) {
  const rows = await db
    .selectFrom('audit')
    .leftJoin('audit_note', 'audit_note.audit_id', 'audit.id')
    .select(['audit.at', 'audit.actor', 'audit.action', 'audit.details', 'audit_note.note'])
    .where('audit.subject', '=', subject)
    .where('audit.action', '!=', 'badge.read')
    .orderBy('audit.id')
    .execute()
  return rows.map(({ at, actor, action, details, note }) => ({
    at,
    actor,
    action,
    details: JSON.parse(details) as Record<string, unknown>,
    ...(note && { note }),
  }))
}
