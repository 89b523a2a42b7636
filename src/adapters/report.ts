import { type ImportReport, noCounts, type ReportRow } from '../../schemas/import-report.ts'

/** How a report is written: as one JSON document, or as NDJSON or CSV with a line for each row. */
export type ReportFormat = 'json' | 'ndjson' | 'csv'

/** The text of a report, row by row as they are there. */
export function reportText(
  outcomes: AsyncIterable<ReportRow[]>,
  format: ReportFormat,
): AsyncGenerator<string> {
  return { json: jsonText, ndjson: ndjsonText, csv: csvText }[format](outcomes)
}

async function* ndjsonText(outcomes: AsyncIterable<ReportRow[]>) {
  for await (const rows of outcomes) yield rows.map((row) => `${JSON.stringify(row)}\n`).join('')
}

async function* jsonText(outcomes: AsyncIterable<ReportRow[]>) {
  const counts: ImportReport['counts'] = noCounts()
  let before = '{"rows":[\n'
  for await (const rows of outcomes)
    for (const row of rows) {
      counts[row.outcome] += 1
      yield before + JSON.stringify(row)
      before = ',\n'
    }
  yield `\n],"counts":${JSON.stringify(counts)}}\n`
}

const reportColumns = ['row', 'resultId', 'revision', 'outcome', 'state', 'reason', 'errors']

async function* csvText(outcomes: AsyncIterable<ReportRow[]>) {
  const { stringify } = await import('csv-stringify/sync')
  let isBegin = true
  for await (const rows of outcomes) {
    yield stringify(rows.map(csvLine), {
      bom: isBegin,
      header: isBegin,
      columns: reportColumns,
      escape_formulas: true, // Spreadsheets can take no cell for a formula.
      record_delimiter: 'windows',
    })
    isBegin = false
  }
}

function csvLine(row: ReportRow) {
  const errors = row.errors?.map(({ path, message }) => `${path}: ${message}`).join(' ')
  return { ...row, errors }
}
