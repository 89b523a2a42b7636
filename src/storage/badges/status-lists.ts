import { sql } from 'kysely'
import type { Db, Tx } from '../database.ts'
import { fixedQuery, fixedWrite, inLists } from '../fixed-query.ts'

/**
 * The list for some new credentials, created if the newest would have more than `wellFilled` with them; its row is locked
 * until the transaction ends.
 */
export async function openStatusList(
  db: Tx,
  { count, wellFilled }: { count: number; wellFilled: number },
): Promise<number> {
  const [newest] = await newestList(db, {})
  const id = !newest ? 1 : newest.used + count > wellFilled ? newest.id + 1 : newest.id
  await placesUsed(db, { id, count })
  return id
}

const newestList = fixedQuery((db) =>
  db.selectFrom('status_list').select(['id', 'used']).orderBy('id', 'desc').limit(sql.lit(1)),
)
const placesUsed = fixedWrite((db, { id, count }: { id: number; count: number }) =>
  db
    .insertInto('status_list')
    .values({ id, used: count, changes: 0 })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet((row) => ({ used: row('status_list.used', '+', row.ref('excluded.used')) })),
    ),
)

/** Those of some places in a list that were ever assigned. */
export async function findTakenPlaces(
  db: Db,
  { list, places }: { list: number; places: number[] },
): Promise<number[]> {
  const rows = await inLists(db, places, (some) => takenAmong(db, { list, some }))
  return rows.map((row) => row.status_index)
}

const takenAmong = fixedQuery((db, { list, some }: { list: number; some: number[] }) =>
  db
    .selectFrom('credential')
    .select('status_index')
    .where('status_list', '=', list)
    .where('status_index', 'in', some)
    .unionAll(
      db
        .selectFrom('erased_credential')
        .select('status_index')
        .where('status_list', '=', list)
        .where('status_index', 'in', some),
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
