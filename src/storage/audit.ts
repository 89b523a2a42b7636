import type { Db } from './database.ts'

/** One line of the append-only log: who did what to what, and when. Internal ids only, no personal data. */
export type AuditEntry = {
  at: string
  actor: string
  action: string
  subject: string
  details?: Record<string, unknown>
}

export async function writeAudit(
  db: Db,
  { at, actor, action, subject, details = {} }: AuditEntry,
): Promise<void> {
  await db
    .insertInto('audit')
    .values({ at, actor, action, subject, details: JSON.stringify(details) })
    .execute()
}
