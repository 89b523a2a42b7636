import type { KeptMessage } from '../../schemas/exam-result.ts'
import { factOf, type Result, type Settled } from '../domain/result.ts'
import type { Db } from './database.ts'
import { resultsOf } from './people.ts'
import { findMessages } from './result-messages.ts'

type Key = { source: string; resultId: string }

/** The candidate that a result belongs to now. */
export async function findCandidateId(db: Db, key: Key): Promise<string | undefined> {
  const row = await db
    .selectFrom('result')
    .select('candidate_id')
    .where('source', '=', key.source)
    .where('result_id', '=', key.resultId)
    .executeTakeFirst()
  return row?.candidate_id
}

/**
 * Makes the fact of a result out of all its messages, waiting to be judged; locks the result until the transaction ends.
 * Answers the candidate that it belonged to before.
 */
export async function presentResult(db: Db, message: KeptMessage): Promise<string | undefined> {
  const { source, resultId } = message
  const key = { source, resultId }
  const added = await db
    .insertInto('result')
    .values({ source, result_id: resultId, ...columnsOf(factOf([message])) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows === 1n) return undefined
  const { before } = await db
    .updateTable('result')
    .set({ source }) // changes nothing: it is to hold the row
    .where('source', '=', source)
    .where('result_id', '=', resultId)
    .returning('candidate_id as before')
    .executeTakeFirstOrThrow()
  await db
    .updateTable('result')
    .set(columnsOf(factOf(await findMessages(db, key))))
    .where('source', '=', source)
    .where('result_id', '=', resultId)
    .execute()
  return before
}

function columnsOf({ message, word }: { message: KeptMessage; word: KeptMessage | null }) {
  return {
    revision: message.revision,
    body: JSON.stringify(message),
    word: word && JSON.stringify(word),
    exam: message.exam,
    candidate_id: message.candidate.id,
    started_at: message.startedAt ? Temporal.Instant.from(message.startedAt).toString() : null,
    state: 'waiting' as const,
    reason: null,
    parked_for: null,
  }
}

const columns = [
  'result.source',
  'result.result_id',
  'result.revision',
  'result.body',
  'result.word',
  'result.state',
  'result.reason',
  'result.parked_for',
] as const

/** The present fact of a result. */
export async function findResult(
  db: Db,
  source: string,
  resultId: string,
): Promise<Result | undefined> {
  const row = await db
    .selectFrom('result')
    .select(columns)
    .where('source', '=', source)
    .where('result_id', '=', resultId)
    .executeTakeFirst()
  return row && toResult(row)
}

/** All results of a person. */
export async function findResultsOf(db: Db, personId: string): Promise<Result[]> {
  return (await resultsOf(db, personId).select(columns).execute()).map(toResult)
}

type Row = {
  source: string
  result_id: string
  revision: number
  body: string
  word: string | null
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
    word: row.word === null ? null : (JSON.parse(row.word) as KeptMessage),
    state: row.state,
    reason: row.reason,
    parkedFor: row.parked_for,
  }
}

/** Notes what became of a result. */
export async function settleResult(
  db: Db,
  { source, resultId }: Key,
  settled: Settled,
): Promise<void> {
  await db
    .updateTable('result')
    .set({
      state: settled.state,
      reason: settled.reason ?? null,
      parked_for: settled.state === 'parked' ? settled.parkedFor : null,
    })
    .where('source', '=', source)
    .where('result_id', '=', resultId)
    .execute()
}

/** Candidates with a result that waits; with `unknownExams`, also those whose exam the programme did not have. */
export async function findOpenCandidates(
  db: Db,
  { unknownExams }: { unknownExams: boolean },
): Promise<{ source: string; id: string }[]> {
  const rows = await db
    .selectFrom('result')
    .select(['source', 'candidate_id'])
    .distinct()
    .where((is) =>
      is.or([
        is('state', '=', 'waiting'),
        ...(unknownExams
          ? [is.and([is('state', '=', 'parked'), is('parked_for', '=', 'unknown-exam')])]
          : []),
      ]),
    )
    .orderBy('source')
    .orderBy('candidate_id')
    .execute()
  return rows.map((row) => ({ source: row.source, id: row.candidate_id }))
}
