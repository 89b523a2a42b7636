import { type ImportReport, noCounts, type ReportRow } from '../../../schemas/import-report.ts'
import type { LazyRow, Row } from '../../adapters/message.ts'
import type { Actor, Tools } from '../tools/tools.ts'
import { importRows } from './import-rows.ts'
import { numberRows } from './number-revisions.ts'

type Import = { rows: Row[]; actor: Actor; signal?: AbortSignal }

/** Imports results that are all there, as `importRows` does, and answers one report. */
export async function importResults(
  tools: Tools,
  { rows, ...rest }: Import,
): Promise<ImportReport> {
  const counts = noCounts()
  const report: ReportRow[] = []
  const revisions = numberRows(rows)
  for await (const some of importRows(tools, { rows: lazily(rows), revisions, ...rest }))
    for (const entry of some) {
      counts[entry.outcome] += 1
      report.push(entry)
    }
  return { counts, rows: report }
}

/** Rows that are read already, as `importRows` takes them. */
export async function* lazily(rows: Row[]): AsyncGenerator<LazyRow> {
  for (const row of rows) yield () => row
}
