import type { ReportRow } from '../../../schemas/import-report.ts'
import { howMany, type LazyRow, type Row } from '../../adapters/message.ts'
import { Problem } from '../../problem.ts'
import { logFailure } from '../support/log-failure.ts'
import { takeBreaths, yieldToEventLoop } from '../support/yield-to-event-loop.ts'
import type { Actor, Tools } from '../tools/tools.ts'
import { type Accepted, type Arrival, acceptExamResult, subjectsOf } from './accept-exam-result.ts'
import { acceptNewcomers } from './accept-newcomers.ts'
import { findReplays } from './find-replays.ts'
import type { RowRevisions } from './number-revisions.ts'
import { inBatches } from './row-batches.ts'

type Import = {
  rows: AsyncIterable<LazyRow>
  actor: Actor
  /** By row: the messages about one result, in a file without revisions. */
  revisions?: ReadonlyMap<number, RowRevisions> | undefined
  /** Ends the import before the next rows. */
  signal?: AbortSignal | undefined
  /** How many rows are accepted together: more take less time each, and hold up others for longer. */
  together?: number | undefined
}

/** So many of the rows about people on record are accepted at a time. */
const othersTogether = 8

/**
 * Imports results as they arrive, and answers the outcome of each, in their order, when it is stored. A refused one does
 * not stop the others. Safe to repeat: stored ones are replayed; `failed` ones must be sent again. Rows that cannot be
 * read end the import: it throws the problem if they are the first, else it answers it as the last outcome.
 */
export async function* importRows(
  tools: Tools,
  { rows, actor, revisions = new Map(), signal, together = 32 }: Import,
): AsyncGenerator<ReportRow[]> {
  let last = 0
  try {
    for await (const batch of inBatches(rows))
      for (let at = 0; at < batch.length; at += together) {
        await yieldToEventLoop()
        signal?.throwIfAborted()
        const some = await readAll(batch.slice(at, at + together))
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

async function readAll(rows: LazyRow[]): Promise<Row[]> {
  const breathe = takeBreaths()
  const all: Row[] = []
  for (const read of rows) {
    all.push(read())
    await breathe()
  }
  return all
}

type Given = { actor: Actor; revisions: ReadonlyMap<number, RowRevisions> }

/** Replays and newcomers first, all together: they share nothing with the others. */
async function importSome(tools: Tools, rows: Row[], given: Given): Promise<ReportRow[]> {
  const arrivals = arrivalsOf(rows, given)
  const accepted = await acceptTogether(tools, [...arrivals.values()])
  const outcomes = new Map<Row, ReportRow>()
  const others: Row[] = []
  for (const row of rows) {
    const arrival = arrivals.get(row)
    const done = arrival && accepted.get(arrival)
    if (done) outcomes.set(row, outcomeOf(row.row, done))
    else others.push(row)
  }
  for (let at = 0; at < others.length; at += othersTogether) {
    const some = others.slice(at, at + othersTogether)
    for (const [index, outcome] of (await importOthers(tools, some, arrivals)).entries())
      outcomes.set(some[index] as Row, outcome)
    await yieldToEventLoop()
  }
  return rows.map((row) => outcomes.get(row) as ReportRow)
}

/** Where that fails, the rows are accepted one by one. */
async function acceptTogether(tools: Tools, arrivals: Arrival[]) {
  const failed = (error: unknown) => {
    logFailure(tools.log, error, {}, 'rows could not be accepted together; each is tried alone')
    return new Map<Arrival, Accepted>()
  }
  const replays = await findReplays(tools, arrivals).catch(failed)
  const others = arrivals.filter((arrival) => !replays.has(arrival))
  return new Map([...replays, ...(await acceptNewcomers(tools, others).catch(failed))])
}

function arrivalsOf(rows: Row[], { actor, revisions }: Given): Map<Row, Arrival> {
  const arrivals = new Map<Row, Arrival>()
  for (const row of rows) {
    const { message } = row
    if (!message) continue
    const { sentIds } = row
    arrivals.set(row, { message, sentIds, actor, rowRevisions: revisions.get(row.row) })
  }
  return arrivals
}

/** Together, but one after another where they are about one result or one candidate. */
async function importOthers(
  tools: Tools,
  rows: Row[],
  arrivals: ReadonlyMap<Row, Arrival>,
): Promise<ReportRow[]> {
  const latest = new Map<string, Promise<ReportRow>>()
  return Promise.all(
    rows.map((row) => {
      const keys = row.message ? subjectsOf(row.message) : []
      const before = Promise.all(keys.map((key) => latest.get(key)))
      const outcome = before.then(() => importRow(tools, row, arrivals.get(row)))
      for (const key of keys) latest.set(key, outcome)
      return outcome
    }),
  )
}

async function importRow(tools: Tools, row: Row, arrival: Arrival | undefined): Promise<ReportRow> {
  const place = { row: row.row, ...(row.resultId !== undefined && { resultId: row.resultId }) }
  if (!arrival || row.mistakes) {
    const { mistakes = [] } = row
    const reason = `The row has ${howMany(mistakes)}.`
    return { ...place, outcome: 'refused', reason, errors: mistakes }
  }
  try {
    return outcomeOf(row.row, await acceptExamResult(tools, arrival))
  } catch (error) {
    if (error instanceof Problem && error.kind !== 'unavailable')
      return { ...place, outcome: 'refused', reason: error.message }
    logFailure(tools.log, error, { source: arrival.message.source }, 'a row could not be kept')
    return {
      ...place,
      outcome: 'failed',
      reason: 'Something went wrong on our side; send this row again.',
    }
  }
}

function outcomeOf(row: number, { result, how }: Accepted): ReportRow {
  const { resultId, revision, state, reason } = result
  const parked = state === 'parked' ? 'parked' : 'accepted'
  return {
    row,
    resultId,
    revision,
    outcome: how === 'replayed' ? 'replayed' : parked,
    state,
    ...(reason !== undefined && { reason }),
  }
}
