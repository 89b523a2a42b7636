import type { ExamResult } from '../../schemas/exam-result.ts'
import type { Result, Settled } from '../domain/result.ts'
import type { Db } from './database.ts'

type Message = { message: ExamResult; bodyHash: string; receivedAt: string; receivedFrom: string }

/** Keeps one message under its id. Answers whether it is new; if it was there, `same` says whether with the same body. */
export async function keepMessage(
  db: Db,
  { message, bodyHash, receivedAt, receivedFrom }: Message,
): Promise<'new' | 'same' | 'other'> {
  const { source, resultId, revision } = message
  const kept = await db
    .insertInto('result_message')
    .values({
      source,
      result_id: resultId,
      revision,
      body_hash: bodyHash,
      body: JSON.stringify(message),
      received_at: receivedAt,
      received_from: receivedFrom,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (kept.numInsertedOrUpdatedRows === 1n) return 'new'
  const there = await db
    .selectFrom('result_message')
    .select('body_hash')
    .where('source', '=', source)
    .where('result_id', '=', resultId)
    .where('revision', '=', revision)
    .executeTakeFirstOrThrow()
  return there.body_hash === bodyHash ? 'same' : 'other'
}

/** Makes this message the present fact of its result, unless a higher revision is; locks the result until the transaction ends. */
export async function presentResult(db: Db, message: ExamResult): Promise<void> {
  const fact = {
    revision: message.revision,
    body: JSON.stringify(message),
    exam: message.exam,
    candidate_id: message.candidate.id,
    started_at: message.startedAt ? instant(message.startedAt) : null,
    state: 'waiting' as const,
    reason: null,
    parked_for: null,
  }
  await db
    .insertInto('result')
    .values({ source: message.source, result_id: message.resultId, ...fact })
    .onConflict((conflict) =>
      conflict
        .columns(['source', 'result_id'])
        .doUpdateSet(fact)
        .where('result.revision', '<', message.revision),
    )
    .execute()
}

// One form for one moment, so that two offsets of the same start are seen as the same.
function instant(text: string) {
  return Temporal.Instant.from(text).toString()
}

/** Holds a result until the transaction ends. */
export async function lockResult(db: Db, source: string, resultId: string): Promise<void> {
  await db
    .updateTable('result')
    .set((row) => ({ revision: row.ref('revision') }))
    .where('source', '=', source)
    .where('result_id', '=', resultId)
    .execute()
}

/** The present fact of a result. */
export async function findResult(
  db: Db,
  source: string,
  resultId: string,
): Promise<Result | undefined> {
  const row = await db
    .selectFrom('result')
    .select(['source', 'result_id', 'revision', 'body', 'state', 'reason', 'parked_for'])
    .where('source', '=', source)
    .where('result_id', '=', resultId)
    .executeTakeFirst()
  if (!row) return undefined
  return {
    source: row.source,
    resultId: row.result_id,
    revision: row.revision,
    message: JSON.parse(row.body),
    state: row.state,
    reason: row.reason,
    parkedFor: row.parked_for,
  }
}

/** Notes what became of a result, if it is still at that revision. */
export async function settleResult(
  db: Db,
  { source, resultId, revision }: Result,
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
    .where('revision', '=', revision)
    .execute()
}

/** Results that a crash or a missing exam left open; the others that are parked are for an operator. */
export async function findOpenResults(db: Db): Promise<{ source: string; resultId: string }[]> {
  const rows = await db
    .selectFrom('result')
    .select(['source', 'result_id'])
    .where((is) => is.or([is('state', '=', 'waiting'), is('parked_for', '=', 'unknown-exam')]))
    .orderBy('source')
    .orderBy('result_id')
    .execute()
  return rows.map((row) => ({ source: row.source, resultId: row.result_id }))
}

/** Holds an attempt until the transaction ends, so that of two results about it one sees the other's badge. */
export async function lockAttempt(db: Db, { message }: Result): Promise<void> {
  if (!message.startedAt) return
  const attempt = {
    source: message.source,
    candidate_id: message.candidate.id,
    exam: message.exam,
    started_at: instant(message.startedAt),
  }
  await db
    .insertInto('attempt')
    .values(attempt)
    .onConflict((conflict) =>
      conflict
        .columns(['source', 'candidate_id', 'exam', 'started_at'])
        .doUpdateSet({ source: message.source }),
    )
    .execute()
}

/** Another result of the same candidate, exam and start that has an unrevoked badge. */
export async function findTwin(
  db: Db,
  { source, resultId, message }: Result,
): Promise<string | undefined> {
  if (!message.startedAt) return undefined
  const row = await db
    .selectFrom('result')
    .innerJoin('badge', (join) =>
      join
        .onRef('badge.source', '=', 'result.source')
        .onRef('badge.result_id', '=', 'result.result_id'),
    )
    .select('result.result_id')
    .where('result.source', '=', source)
    .where('result.candidate_id', '=', message.candidate.id)
    .where('result.exam', '=', message.exam)
    .where('result.started_at', '=', instant(message.startedAt))
    .where('result.result_id', '!=', resultId)
    .where('badge.revoked_at', 'is', null)
    .executeTakeFirst()
  return row?.result_id
}
