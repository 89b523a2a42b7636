import { sql } from 'kysely'
import type { ErasedAttempt } from '../../domain/holders/erasure.ts'
import type { Db, Tx } from '../database.ts'
import { fixedQuery, inLists } from '../fixed-query.ts'

/** Whether any failure of an erased candidate still counts: pseudonyms cost more than this question. */
export async function hasErasedAttempts(db: Db): Promise<boolean> {
  return (await anyAttempt(db, {})).length > 0
}

const anyAttempt = fixedQuery((db) =>
  db.selectFrom('erased_attempt').select('mark').limit(sql.lit(1)),
)

/** The days of failures of erased candidates, by pseudonym. */
export async function findErasedAttempts(db: Db, pseudonyms: string[]) {
  const rows = await inLists(db, pseudonyms, (some) => attemptsAmong(db, { some }))
  return rows.toSorted((one, other) => Number(one.day > other.day) - Number(one.day < other.day))
}

const attemptsAmong = fixedQuery((db, { some }: { some: string[] }) =>
  db.selectFrom('erased_attempt').select(['mark', 'day']).where('mark', 'in', some),
)

/** Moves failures of an erased candidate to another pseudonym. */
export async function moveErasedAttempts(
  db: Tx,
  { from, to }: { from: string; to: string },
): Promise<void> {
  await db.updateTable('erased_attempt').set({ mark: to }).where('mark', '=', from).execute()
}

/** Replaces the stored failures of erased candidates by those that still count. */
export async function replaceErasedAttempts(
  db: Tx,
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

/** Deletes failures that no wait depends on any more. `today` is a calendar day. */
export async function pruneErasedAttempts(db: Db, today: string): Promise<void> {
  await db.deleteFrom('erased_attempt').where('forget_on', '<', today).execute()
}
