import { sql } from 'kysely'
import type { RevocationClass } from '../../domain/badge/badge.ts'
import type { Db, Tx } from '../database.ts'
import { fixedQuery, inLists } from '../fixed-query.ts'

/** What remains of an erased result: its highest revision, and the pseudonym of that message's content. */
export type ErasedResult = { pseudonym: string; revision: number; bodyPseudonym: string }

/** What remains of an erased result. */
export async function findErasedResult(
  db: Db,
  pseudonym: string,
): Promise<ErasedResult | undefined> {
  const row = await db
    .selectFrom('erased_result')
    .select(['revision', 'body_mark'])
    .where('mark', '=', pseudonym)
    .executeTakeFirst()
  return row && { pseudonym, revision: row.revision, bodyPseudonym: row.body_mark }
}

/** What remains of an erased result; its row is locked until the transaction ends. */
export async function lockErasedResult(
  db: Tx,
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

/** The first of these pseudonyms that an erasure has left; undefined if there is none. */
export async function findErasedPseudonym(
  db: Db,
  pseudonyms: string[],
): Promise<string | undefined> {
  if (pseudonyms.length === 0) return undefined
  const left = new Set(await findErasedResults(db, pseudonyms))
  return pseudonyms.find((each) => left.has(each))
}

/** Those of these pseudonyms that an erasure of a result has left. */
export async function findErasedResults(db: Db, pseudonyms: string[]): Promise<string[]> {
  const rows = await inLists(db, pseudonyms, (some) => erasedAmong(db, { some }))
  return rows.map(({ mark }) => mark)
}

const erasedAmong = fixedQuery((db, { some }: { some: string[] }) =>
  db.selectFrom('erased_result').select('mark').where('mark', 'in', some),
)

/** Whether any result was erased: pseudonyms cost more than this question. */
export async function hasErasedResults(db: Db): Promise<boolean> {
  return (await anyResult(db, {})).length > 0
}

const anyResult = fixedQuery((db) =>
  db.selectFrom('erased_result').select('mark').limit(sql.lit(1)),
)

/** Stores the pseudonym of an erased result. */
export async function keepErasedResult(db: Tx, erased: ErasedResult, at: string): Promise<void> {
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

/** Records a later message about an erased result. */
export async function changeErasedResult(
  db: Tx,
  { pseudonym, revision, bodyPseudonym }: ErasedResult,
): Promise<void> {
  await db
    .updateTable('erased_result')
    .set({ revision, body_mark: bodyPseudonym })
    .where('mark', '=', pseudonym)
    .execute()
}

/** Stores what verifiers need of an erased badge's credentials: random ids, places, keys, and nothing else. */
export async function keepErasedCredentials(
  db: Tx,
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

/** Revokes the unrevoked credentials of an erased result. Answers the lists that changed. */
export async function revokeErased(
  db: Tx,
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

/** Whether a credential of an erased badge is revoked; undefined if no erased badge has it. */
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
