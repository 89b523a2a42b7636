import { sql } from 'kysely'
import type { KeptMessage } from '../../../schemas/exam-result.ts'
import type { Fact, Result, Settled } from '../../domain/rules/result.ts'
import type { ReviewItem } from '../../domain/rules/review.ts'
import type { Db, Tx } from '../database.ts'
import { fixedInsert, fixedQuery, inLists } from '../fixed-query.ts'
import { resultsOf } from './people.ts'
import { stateColumns } from './result-states.ts'

type Key = { source: string; resultId: string }

/** The fact of a result, and its message as it is on record. */
export type RecordedFact = { fact: Fact; kept: KeptMessage }

/** Adds a result with the state `waiting`. Answers false, and changes nothing, if it is on record. */
export async function addResult(
  db: Tx,
  { source, resultId }: Key,
  recorded: RecordedFact,
): Promise<boolean> {
  const added = await newResults(db, [{ source, result_id: resultId, ...columnsOf(recorded) }])
  return added === 1
}

/** Adds results that are judged already. Answers how many were not on record. */
export function addResults(db: Tx, results: (Key & RecordedFact & { settled: Settled })[]) {
  const rows = results.map(({ source, resultId, settled, ...recorded }) => ({
    source,
    result_id: resultId,
    ...columnsOf(recorded),
    ...stateColumns(settled),
  }))
  return newResults(db, rows)
}

type NewRow = { source: string; result_id: string } & ReturnType<typeof columnsOf> &
  ReturnType<typeof stateColumns>
const newResults = fixedInsert((db, rows: NewRow[]) =>
  db
    .insertInto('result')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing()),
)

/** Locks a result until the transaction ends, and answers the id of its candidate. */
export async function lockResult(db: Tx, { source, resultId }: Key): Promise<string> {
  const { candidate } = await db
    .updateTable('result')
    .set({ source }) // changes nothing: locks the row
    .where('source', '=', source)
    .where('result_id', '=', resultId)
    .returning('candidate_id as candidate')
    .executeTakeFirstOrThrow()
  return candidate
}

/** Replaces the fact of a result; its state is `waiting` then. */
export async function replaceFact(
  db: Tx,
  { source, resultId }: Key,
  recorded: RecordedFact,
): Promise<void> {
  await db
    .updateTable('result')
    .set(columnsOf(recorded))
    .where('source', '=', source)
    .where('result_id', '=', resultId)
    .execute()
}

/** Stands for the message on record with the result's revision; as a final message, for the result's own message. */
const same = ''

function columnsOf({ fact: { message, finalMessage, contested }, kept }: RecordedFact) {
  const body = JSON.stringify(message)
  const word = finalMessage && JSON.stringify(finalMessage)
  return {
    revision: message.revision,
    body: body === JSON.stringify(kept) ? same : body,
    word: word === body ? same : word,
    contested: contested && JSON.stringify(contested),
    exam: message.exam,
    candidate_id: message.candidate.id,
    started_at: message.startedAt ? Temporal.Instant.from(message.startedAt).toString() : null,
    ...stateColumns({ state: 'waiting' }),
  }
}

/** The message of a result, which most results have only as the message on record. */
export const bodyText =
  sql<string>`coalesce(nullif(result.body, ''), (select kept.body from result_message as kept
  where kept.source = result.source and kept.result_id = result.result_id and kept.revision = result.revision))`.as(
    'body',
  )

const columns = [
  'result.source',
  'result.result_id',
  'result.revision',
  bodyText,
  'result.word',
  'result.contested',
  'result.state',
  'result.reason',
  'result.parked_for',
] as const

/** The current fact of a result. */
export async function findResult(
  db: Db,
  source: string,
  resultId: string,
): Promise<Result | undefined> {
  const [row] = await resultRow(db, { source, resultId })
  return row && toResult(row)
}

const resultRow = fixedQuery((db, { source, resultId }: Key) =>
  db
    .selectFrom('result')
    .select(columns)
    .where('source', '=', source)
    .where('result_id', '=', resultId),
)

/** Those of these results of a source that are on record. */
export async function findResults(
  db: Db,
  { source, resultIds }: { source: string; resultIds: string[] },
): Promise<Result[]> {
  const rows = await inLists(db, resultIds, (some) => resultRows(db, { source, some }))
  return rows.map(toResult)
}

const resultRows = fixedQuery((db, { source, some }: { source: string; some: string[] }) =>
  db
    .selectFrom('result')
    .select(columns)
    .where('source', '=', source)
    .where('result_id', 'in', some),
)

/** All results of a person. */
export async function findResultsOf(db: Db, personId: string): Promise<Result[]> {
  return (await rowsOf(db, { personId })).map(toResult)
}

const rowsOf = fixedQuery((db, { personId }: { personId: string }) =>
  resultsOf(db, personId).select(columns),
)

type Row = {
  source: string
  result_id: string
  revision: number
  body: string
  word: string | null
  contested: string | null
  state: Result['state']
  reason: string | null
  parked_for: Result['parkedFor']
}

function toResult(row: Row): Result {
  return {
    source: row.source,
    resultId: row.result_id,
    revision: row.revision,
    message: JSON.parse(row.body) as KeptMessage,
    finalMessage: row.word === null ? null : (JSON.parse(row.word || row.body) as KeptMessage),
    contested: row.contested === null ? null : (JSON.parse(row.contested) as ReviewItem),
    state: row.state,
    reason: row.reason,
    parkedFor: row.parked_for,
  }
}
