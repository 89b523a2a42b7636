import { sql } from 'kysely'
import type { CandidateKey } from '../../domain/rules/person.ts'
import type { Tx } from '../database.ts'
import { eraseNameRequests } from '../results/name-requests.ts'
import { isSqlite } from '../sqlite.ts'

/** Deletes a badge and everything that depends on it. The caller has stored what must outlive it. */
export async function eraseBadge(db: Tx, id: string): Promise<void> {
  await db.deleteFrom('share_link').where('badge_id', '=', id).execute()
  await db.deleteFrom('mail_link').where('badge_id', '=', id).execute()
  await eraseMailJobs(db, id)
  await eraseNotes(db, id)
  await db.deleteFrom('directory').where('badge_id', '=', id).execute()
  await db.deleteFrom('credential').where('badge_id', '=', id).execute()
  const gone = await db
    .deleteFrom('badge')
    .where('id', '=', id)
    .returning('certification_number')
    .execute()
  for (const { certification_number: number } of gone)
    await db
      .deleteFrom('certification')
      .where('number', '=', number)
      .where((is) =>
        is.not(
          is.exists(is.selectFrom('badge').select('id').where('certification_number', '=', number)),
        ),
      )
      .execute()
}

async function eraseMailJobs(db: Tx, badgeId: string) {
  const mails = db.deleteFrom('job').where('key', 'like', `mail:${badgeId}:%`)
  // SQLite reads all jobs for LIKE, but a range from its index. PostgreSQL may order punctuation in its own way.
  const range = mails.where('key', '>', `mail:${badgeId}:`).where('key', '<', `mail:${badgeId};`)
  await (isSqlite(db) ? range : mails).execute()
}

/** Deletes a result with every message about it. */
export async function eraseResult(
  db: Tx,
  { source, resultId }: { source: string; resultId: string },
): Promise<void> {
  for (const table of ['result', 'result_message'] as const)
    await db
      .deleteFrom(table)
      .where('source', '=', source)
      .where('result_id', '=', resultId)
      .execute()
  await db
    .deleteFrom('voided_statement')
    .where('source', '=', source)
    .where('statement_id', '=', resultId)
    .execute()
}

/** Deletes a candidate, and every question that names them. */
export async function eraseCandidate(db: Tx, { source, id }: CandidateKey): Promise<void> {
  const items = await db
    .selectFrom('review_item')
    .select('id')
    .where((is) =>
      is.or([
        is.and([is('source', '=', source), is('candidate_id', '=', id)]),
        // Questions about several candidates name all of them in their facts.
        is.and([
          is('kind', '=', 'second-account'),
          // Not LIKE: an id may have its wildcards, and SQLite's LIKE ignores case.
          sql<boolean>`replace(facts, ${JSON.stringify({ source, id }).slice(1, -1)}, '') <> facts`,
        ]),
      ]),
    )
    .execute()
  for (const item of items) {
    await eraseNotes(db, item.id)
    await db.deleteFrom('review_item').where('id', '=', item.id).execute()
  }
  await eraseNameRequests(db, { source, id })
  const gone = await db
    .deleteFrom('candidate')
    .where('source', '=', source)
    .where('candidate_id', '=', id)
    .returning(['email', 'mark'])
    .execute()
  const sightings = gone.flatMap(({ email, mark }) => [email, ...(mark === null ? [] : [mark])])
  if (sightings.length > 0) await db.deleteFrom('sighting').where('mark', 'in', sightings).execute()
}

/** Deletes a person without candidates. */
export async function erasePerson(db: Tx, id: string): Promise<void> {
  await eraseNotes(db, id)
  await db.deleteFrom('person').where('id', '=', id).execute()
}

/** Deletes an account, its sessions and its addresses. */
export async function eraseAccount(db: Tx, id: string): Promise<void> {
  await db.deleteFrom('session').where('account_id', '=', id).execute()
  await db.deleteFrom('mail_link').where('account_id', '=', id).execute()
  await db.deleteFrom('account_address').where('account_id', '=', id).execute()
  await db.deleteFrom('account').where('id', '=', id).execute()
}

/** Deletes links that were mailed to addresses, or requested and not mailed yet. */
export async function eraseLinksTo(db: Tx, emails: string[]): Promise<void> {
  if (emails.length === 0) return
  await db.deleteFrom('mail_link').where('email', 'in', emails).execute()
  const jobs = await db
    .selectFrom('job')
    .select(['key', 'payload'])
    // Every state: the index of jobs begins with it.
    .where('state', 'in', ['waiting', 'running', 'done', 'failed', 'cancelled'])
    .where('kind', 'in', ['sign-in', 'address'])
    .where('payload', '!=', '{}')
    .execute()
  for (const { key, payload } of jobs)
    if (emails.includes((JSON.parse(payload) as { email?: string }).email ?? ''))
      await db.deleteFrom('job').where('key', '=', key).execute()
}

/** Deletes operators' notes beside the log, which may name people. The log itself has no names, and stays. */
export async function eraseNotes(db: Tx, subject: string) {
  await db
    .deleteFrom('audit_note')
    .where('audit_id', 'in', (from) =>
      from.selectFrom('audit').select('id').where('subject', '=', subject),
    )
    .execute()
}
