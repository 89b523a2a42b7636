import { stringify } from 'csv-stringify/sync'
import type { ImportReport } from '../../schemas/import-report.ts'

const reportColumns = ['row', 'resultId', 'revision', 'outcome', 'state', 'reason', 'errors']

/** A report as CSV, one line for each row. Spreadsheets can take no cell for a formula. */
export function writeReport({ rows }: ImportReport): string {
  const lines = rows.map((row) => ({
    ...row,
    errors: row.errors?.map(({ path, message }) => `${path}: ${message}`).join(' '),
  }))
  return stringify(lines, {
    bom: true,
    header: true,
    columns: reportColumns,
    escape_formulas: true,
    record_delimiter: 'windows',
  })
}
