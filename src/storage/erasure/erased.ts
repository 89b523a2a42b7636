import type { RevocationClass } from '../../domain/badge/badge.ts'
import type { ErasedAttempt } from '../../domain/holders/erasure.ts'
import type { Db } from '../database.ts'

/** What stays of a result: the highest revision, and the pseudonym of what it said. */
export type ErasedResult = { pseudonym: string; revision: number; bodyPseudonym: string }

/** What stays of a result that was erased; held until the transaction ends. */
export async function lockErasedResult(
  db: Db,
  pseudonym: string,
): Promise<ErasedResult | undefined> {
  const row = await db
    .updateTable('erased_result')
    .set({ mark: pseudonym })
    .where('mark', '=', pseudonym)
    .returning(['revision', 'body_mark'])
    .executeTakeFirst()
  return row && { pseudonym, revision: row.revision, bodyPseudonym: row.body_mark }
}

/** The first of these pseudonyms that something erased has left; nothing, when there is none. */
export async function findErasedPseudonym(
  db: Db,
  pseudonyms: string[],
): Promise<string | undefined> {
  const rows = await db
    .selectFrom('erased_result')
    .select('mark')
    .where('mark', 'in', pseudonyms)
    .execute()
  const left = new Set(rows.map(({ mark }) => mark))
  return pseudonyms.find((each) => left.has(each))
}

/** Keeps the pseudonym of a result that is erased. */
export async function keepErasedResult(db: Db, erased: ErasedResult, at: string): Promise<void> {
  await db
    .insertInto('erased_result')
    .values({
      mark: erased.pseudonym,
      revision: erased.revision,
      body_mark: erased.bodyPseudonym,
      erased_at: at,
    })
    .execute()
}

/** Notes a later message about an erased result. */
export async function changeErasedResult(
  db: Db,
  { pseudonym, revision, bodyPseudonym }: ErasedResult,
): Promise<void> {
  await db
    .updateTable('erased_result')
    .set({ revision, body_mark: bodyPseudonym })
    .where('mark', '=', pseudonym)
    .execute()
}

/** The days of failures that outlived their candidates, by pseudonym. */
export async function findErasedAttempts(db: Db, pseudonyms: string[]) {
  if (pseudonyms.length === 0) return []
  return db
    .selectFrom('erased_attempt')
    .select(['mark', 'day'])
    .where('mark', 'in', pseudonyms)
    .orderBy('day')
    .execute()
}

/** Makes failures of an erased candidate those of another pseudonym. */
export async function moveErasedAttempts(
  db: Db,
  { from, to }: { from: string; to: string },
): Promise<void> {
  await db.updateTable('erased_attempt').set({ mark: to }).where('mark', '=', from).execute()
}

/** Keeps the failures that still count of candidates that are erased, in place of those kept before. */
export async function replaceErasedAttempts(
  db: Db,
  pseudonyms: string[],
  attempts: ErasedAttempt[],
): Promise<void> {
  if (pseudonyms.length > 0)
    await db.deleteFrom('erased_attempt').where('mark', 'in', pseudonyms).execute()
  if (attempts.length === 0) return
  const rows = attempts.map(({ pseudonym, day, forgetOn }) => ({
    mark: pseudonym,
    day,
    forget_on: forgetOn,
  }))
  await db.insertInto('erased_attempt').values(rows).execute()
}

/** Forgets failures that no wait can rest on any more. `today` is a calendar day. */
export async function pruneErasedAttempts(db: Db, today: string): Promise<void> {
  await db.deleteFrom('erased_attempt').where('forget_on', '<', today).execute()
}

/** Keeps what verifiers need of a badge's credentials: random ids, places, keys; with the badge they lose everything else. */
export async function keepErasedCredentials(
  db: Db,
  badgeId: string,
  resultMark: string,
): Promise<void> {
  await db
    .insertInto('erased_credential')
    .columns([
      'assertion_id',
      'credential_id',
      'status_list',
      'status_index',
      'status_method',
      'assertion_key',
      'revoked_class',
      'result_mark',
    ])
    .expression((from) =>
      from
        .selectFrom('credential')
        .innerJoin('badge', 'badge.id', 'credential.badge_id')
        .select((row) => [
          'credential.assertion_id',
          'credential.credential_id',
          'credential.status_list',
          'credential.status_index',
          'badge.status_method',
          'credential.assertion_key',
          'credential.revoked_class',
          row.val(resultMark).as('result_mark'),
        ])
        .where('badge.id', '=', badgeId)
        .where('credential.data_integrity', 'is not', null),
    )
    .execute()
}

/** Revokes what stands of an erased result's credentials. Answers the lists that changed. */
export async function revokeErased(
  db: Db,
  resultMark: string,
  revokedClass: RevocationClass,
): Promise<Set<number>> {
  const rows = await db
    .updateTable('erased_credential')
    .set({ revoked_class: revokedClass })
    .where('result_mark', '=', resultMark)
    .where('revoked_class', 'is', null)
    .returning('status_list')
    .execute()
  return new Set(rows.map(({ status_list }) => status_list))
}

/** Whether a credential of an erased badge is revoked; nothing, when it is none. */
export async function findErasedStatus(
  db: Db,
  of: 'credential' | 'assertion',
  uuid: string,
): Promise<{ revoked: boolean } | undefined> {
  const row = await db
    .selectFrom('erased_credential')
    .select('revoked_class')
    .where(of === 'credential' ? 'credential_id' : 'assertion_id', '=', uuid)
    .executeTakeFirst()
  return row && { revoked: row.revoked_class !== null }
}
