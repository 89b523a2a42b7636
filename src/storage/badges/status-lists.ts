import { sql } from 'kysely'
import type { Db, Tx } from '../database.ts'
import { fixedQuery, fixedWrite } from '../fixed-query.ts'

/** The list for new credentials, created if there is none; its row is locked until the transaction ends. */
export async function openStatusList(db: Tx, wellFilled: number): Promise<number> {
  const [newest] = await newestList(db, {})
  const id = !newest ? 1 : newest.used >= wellFilled ? newest.id + 1 : newest.id
  await placeUsed(db, { id })
  return id
}

const newestList = fixedQuery((db) =>
  db.selectFrom('status_list').select(['id', 'used']).orderBy('id', 'desc').limit(sql.lit(1)),
)
const placeUsed = fixedWrite((db, { id }: { id: number }) =>
  db
    .insertInto('status_list')
    .values({ id, used: 1, changes: 0 })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((row) => ({ used: row('status_list.used', '+', 1) })),
    ),
)

/** Whether a place in a list was ever assigned. */
export async function isPlaceTaken(db: Db, list: number, index: number): Promise<boolean> {
  return (await atPlace(db, { list, index })).length > 0
}

const atPlace = fixedQuery((db, { list, index }: { list: number; index: number }) =>
  db
    .selectFrom('credential')
    .select('status_index')
    .where('status_list', '=', list)
    .where('status_index', '=', index)
    .unionAll(
      db
        .selectFrom('erased_credential')
        .select('status_index')
        .where('status_list', '=', list)
        .where('status_index', '=', index),
    ),
)

/** Counts a change of a list, so that it is signed again. */
export async function countChange(db: Tx, list: number): Promise<void> {
  await db
    .updateTable('status_list')
    .set((row) => ({ changes: row('changes', '+', 1) }))
    .where('id', '=', list)
    .execute()
}

/** How often a list has changed; undefined if it does not exist. */
export async function findStatusListChanges(db: Db, list: number): Promise<number | undefined> {
  const [row] = await statusListChanges(db, { list })
  return row?.changes
}

const statusListChanges = fixedQuery((db, { list }: { list: number }) =>
  db.selectFrom('status_list').select('changes').where('id', '=', list),
)

/** The number of changes of all lists together: it grows with each revocation. */
export async function countChanges(db: Db): Promise<number> {
  const row = await db
    .selectFrom('status_list')
    .select((all) => all.fn.sum('changes').as('changes'))
    .executeTakeFirst()
  return Number(row?.changes ?? 0)
}

/** The revoked places of a list, including those of erased people. */
export async function findRevokedPlaces(db: Db, list: number): Promise<number[]> {
  const rows = await db
    .selectFrom('credential')
    .select('status_index')
    .where('status_list', '=', list)
    .where('revoked_class', 'is not', null)
    .unionAll(
      db
        .selectFrom('erased_credential')
        .select('status_index')
        .where('status_list', '=', list)
        .where('revoked_class', 'is not', null),
    )
    .execute()
  return rows.map((row) => row.status_index)
}
