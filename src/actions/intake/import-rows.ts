import type { ReportRow, RowOutcome } from '../../../schemas/import-report.ts'
import { howMany, type LazyRow, type Row } from '../../adapters/message.ts'
import { resultKey } from '../../domain/rules/result.ts'
import { Problem } from '../../problem.ts'
import { logFailure } from '../support/log-failure.ts'
import { yieldToEventLoop } from '../support/yield-to-event-loop.ts'
import type { Actor, Tools } from '../tools/tools.ts'
import { type Accepted, acceptExamResult } from './accept-exam-result.ts'
import type { RowRevisions } from './number-revisions.ts'
import { inBatches } from './row-batches.ts'

type Import = {
  rows: AsyncIterable<LazyRow>
  actor: Actor
  /** By row: the messages about one result, in a file without revisions. */
  revisions?: ReadonlyMap<number, RowRevisions>
  /** Ends the import before the next rows. */
  signal?: AbortSignal | undefined
}

/** So many rows share a commit. */
const together = 8

/**
 * Imports results as they arrive, and answers the outcome of each, in their order, when it is stored. A refused one does
 * not stop the others. Safe to repeat: stored ones are replayed; `failed` ones must be sent again. Rows that cannot be
 * read end the import: it throws the problem if they are the first, else it answers it as the last outcome.
 */
export async function* importRows(
  tools: Tools,
  { rows, actor, revisions = new Map(), signal }: Import,
): AsyncGenerator<ReportRow[]> {
  let last = 0
  try {
    for await (const batch of inBatches(rows))
      for (let at = 0; at < batch.length; at += together) {
        await yieldToEventLoop()
        signal?.throwIfAborted()
        const some = batch.slice(at, at + together).map((read) => read())
        const outcomes = await importSome(tools, some, { actor, revisions })
        last = outcomes.at(-1)?.row ?? last
        yield outcomes
      }
  } catch (error) {
    if (last === 0 || !(error instanceof Problem)) throw error
    const reason = `${error.message} The rows after ${last} were not read.`
    yield [{ row: last + 1, outcome: 'refused', reason }]
  }
}

type Given = { actor: Actor; revisions: ReadonlyMap<number, RowRevisions> }

/** Together, but one after another where they are about one result or one candidate. */
async function importSome(tools: Tools, rows: Row[], given: Given): Promise<ReportRow[]> {
  const latest = new Map<string, Promise<ReportRow>>()
  return Promise.all(
    rows.map((row) => {
      const keys = row.message ? keysOf(row.message) : []
      const before = Promise.all(keys.map((key) => latest.get(key)))
      const outcome = before.then(() => importRow(tools, row, given))
      for (const key of keys) latest.set(key, outcome)
      return outcome
    }),
  )
}

function keysOf(message: NonNullable<Row['message']>): string[] {
  return [`result ${resultKey(message)}`, `candidate ${message.source} ${message.candidate.id}`]
}

async function importRow(tools: Tools, row: Row, { actor, revisions }: Given): Promise<ReportRow> {
  const place = { row: row.row, ...(row.resultId !== undefined && { resultId: row.resultId }) }
  if (row.mistakes)
    return {
      ...place,
      outcome: 'refused',
      reason: `The row has ${howMany(row.mistakes)}.`,
      errors: row.mistakes,
    }
  try {
    const { result, how } = await acceptExamResult(tools, {
      message: row.message,
      sentIds: row.sentIds,
      actor,
      rowRevisions: revisions.get(row.row),
    })
    const { resultId, revision, state, reason } = result
    return {
      row: row.row,
      resultId,
      revision,
      outcome: outcomeOf(how, state),
      state,
      ...(reason !== undefined && { reason }),
    }
  } catch (error) {
    if (error instanceof Problem && error.kind !== 'unavailable')
      return { ...place, outcome: 'refused', reason: error.message }
    logFailure(tools.log, error, { source: row.message.source }, 'a row could not be kept')
    return {
      ...place,
      outcome: 'failed',
      reason: 'Something went wrong on our side; send this row again.',
    }
  }
}

function outcomeOf(how: Accepted['how'], state: ReportRow['state']): RowOutcome {
  if (how === 'replayed') return 'replayed'
  return state === 'parked' ? 'parked' : 'accepted'
}
