import type { Badge } from '../../domain/badge/badge.ts'
import type { Db, Tx } from '../database.ts'
import { fixedQuery } from '../fixed-query.ts'
import { resultsOf } from '../results/people.ts'
import { badgeColumns, toBadge } from './badge-rows.ts'

/** A badge by its internal id, issued or only reserved. */
export async function findBadge(db: Db, id: string): Promise<Badge | undefined> {
  const [row] = await badgeById(db, { id })
  return row && toBadge(row)
}

const badgeById = fixedQuery((db, { id }: { id: string }) =>
  db.selectFrom('badge').select(badgeColumns).where('id', '=', id),
)

/** The unrevoked badge of a result, issued or only reserved. */
export async function findLiveBadge(
  db: Db,
  source: string,
  resultId: string,
): Promise<Badge | undefined> {
  const row = await db
    .selectFrom('badge')
    .select(badgeColumns)
    .where('source', '=', source)
    .where('result_id', '=', resultId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return row && toBadge(row)
}

/** Locks the live badge of a result until the transaction ends; always after its result, never before. */
export async function lockLiveBadge(db: Tx, source: string, resultId: string): Promise<void> {
  await db
    .updateTable('badge')
    .set((row) => ({ changes: row.ref('changes') }))
    .where('source', '=', source)
    .where('result_id', '=', resultId)
    .where('revoked_at', 'is', null)
    .execute()
}

/** Locks one badge until the transaction ends, and answers it as it is now. */
export async function lockBadge(db: Tx, id: string): Promise<Badge | undefined> {
  const row = await db
    .updateTable('badge')
    .set((row) => ({ changes: row.ref('changes') }))
    .where('id', '=', id)
    .returning(badgeColumns)
    .executeTakeFirst()
  return row && toBadge(row)
}

/** Every badge of a person's results, including revoked and reserved ones. */
export async function findBadgesOf(db: Db, personId: string): Promise<Badge[]> {
  return (await badgesOf(db, { personId })).map(toBadge)
}

const badgesOf = fixedQuery((db, { personId }: { personId: string }) =>
  resultsOf(db, personId)
    .crossJoin('badge')
    .whereRef('badge.source', '=', 'result.source')
    .whereRef('badge.result_id', '=', 'result.result_id')
    .select(badgeColumns),
)

/** The badge that represents a result: the live one, else the one of its highest revision. */
export async function findBadgeOfResult(
  db: Db,
  source: string,
  resultId: string,
): Promise<Badge | undefined> {
  const rows = await db
    .selectFrom('badge')
    .select(badgeColumns)
    .where('source', '=', source)
    .where('result_id', '=', resultId)
    .where('issued_at', 'is not', null)
    .orderBy('revision', 'desc')
    .execute()
  const row = rows.find((each) => each.revoked_at === null) ?? rows[0]
  return row && toBadge(row)
}

/** Issued badges by id, `limit` at a time, from the one after `after`. */
export async function listBadges(
  db: Db,
  { after, limit }: { after?: string; limit: number },
): Promise<Badge[]> {
  const rows = await db
    .selectFrom('badge')
    .select(badgeColumns)
    .where('issued_at', 'is not', null)
    .where('id', '>', after ?? '')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toBadge)
}
