import { sql } from 'kysely'
import type { Settled } from '../../domain/rules/result.ts'
import type { Db, Tx } from '../database.ts'
import { fixedWrite } from '../fixed-query.ts'

type Key = { source: string; resultId: string }

/** Writes the state of a result. */
export async function settleResult(
  db: Tx,
  { source, resultId }: Key,
  settled: Settled,
): Promise<void> {
  await stateSettled(db, { source, resultId, ...stateColumns(settled) })
}

type StateOf = Key & ReturnType<typeof stateColumns>
const stateSettled = fixedWrite((db, { source, resultId, ...columns }: StateOf) =>
  db
    .updateTable('result')
    .set(columns)
    .where('source', '=', source)
    .where('result_id', '=', resultId),
)

/**
 * Candidates with a waiting result; with `unknownExams`, also those with a result of an exam that the programme did not
 * have.
 */
export async function findOpenCandidates(
  db: Db,
  { unknownExams }: { unknownExams: boolean },
): Promise<{ source: string; id: string }[]> {
  const rows = await db
    .selectFrom('result')
    .select(['source', 'candidate_id'])
    .distinct()
    // Literals: a partial index is used only if the query contains its condition literally.
    .where((is) =>
      is.or([
        is('state', '=', sql.lit('waiting')),
        ...(unknownExams
          ? [is.and([is('state', '=', sql.lit('parked')), is('parked_for', '=', 'unknown-exam')])]
          : []),
      ]),
    )
    .orderBy('source')
    .orderBy('candidate_id')
    .execute()
  return rows.map((row) => ({ source: row.source, id: row.candidate_id }))
}

/** A state as its columns. */
export function stateColumns(settled: Settled) {
  return {
    state: settled.state,
    reason: settled.reason ?? null,
    parked_for: settled.state === 'parked' ? settled.parkedFor : null,
  }
}
