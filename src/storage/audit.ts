import type { Db } from './database.ts'

/**
 * One line of the append-only log: who did what to what, and when. Internal ids only; what an operator writes is a note
 * beside it, since it may name people.
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
 * Adds a line to the log; the log takes no change and no deletion. Answers its number: of the lines about one subject, a later one
 * has a higher number, since who writes about a badge holds it.
 */
export async function writeAudit(
  db: Db,
  { at, actor, action, subject, details = {}, note }: AuditEntry,
): Promise<number> {
  const { id } = await db
    .insertInto('audit')
    .values({ at, actor, action, subject, details: JSON.stringify(details) })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (note) await db.insertInto('audit_note').values({ audit_id: id, note }).execute()
  return id
}

/** Whether something happened to a subject after the line with a number. */
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

/** What happened to a badge, oldest first; looks at it are left out. */
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
