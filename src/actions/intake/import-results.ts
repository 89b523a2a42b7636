import type { ImportReport, ReportRow, RowOutcome } from '../../../schemas/import-report.ts'
import { howMany, type Row } from '../../adapters/message.ts'
import { Problem } from '../../problem.ts'
import { logFailure } from '../support/log-failure.ts'
import { yieldToEventLoop } from '../support/yield-to-event-loop.ts'
import type { Actor, Tools } from '../tools/tools.ts'
import { type Accepted, acceptExamResult } from './accept-exam-result.ts'
import { numberRows, type RowRevisions } from './number-revisions.ts'

type Import = {
  rows: Row[]
  actor: Actor
  onRow?: (done: number) => void
  /** Ends the import before the next row. */
  signal?: AbortSignal
}

/**
 * Imports many results one after another, each stored before the next is read. A refused one does not stop the others.
 * Safe to repeat: stored ones are replayed. Answers the outcome of each; `failed` ones must be sent again.
 */
export async function importResults(
  tools: Tools,
  { rows, actor, onRow, signal }: Import,
): Promise<ImportReport> {
  const counts = { accepted: 0, replayed: 0, parked: 0, refused: 0, failed: 0 }
  const report: ReportRow[] = []
  const revisions = numberRows(rows)
  for (const row of rows) {
    await yieldToEventLoop()
    signal?.throwIfAborted()
    const entry = await importRow(tools, row, { actor, rowRevisions: revisions.get(row) })
    counts[entry.outcome] += 1
    report.push(entry)
    onRow?.(report.length)
  }
  return { counts, rows: report }
}

type Given = { actor: Actor; rowRevisions: RowRevisions | undefined }

async function importRow(tools: Tools, row: Row, given: Given): Promise<ReportRow> {
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
      ...given,
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
