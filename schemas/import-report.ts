import { ResultState } from './exam-result.ts'
import { FieldMistake } from './problem.ts'
import { type Static, Type } from './type.ts'

export const RowOutcome = Type.Enum(['accepted', 'replayed', 'parked', 'refused', 'failed'])
export type RowOutcome = Static<typeof RowOutcome>

/** The outcome of one row. */
export const ReportRow = Type.Object({
  row: Type.Integer({
    description: 'The line of NDJSON; in CSV the row as a spreadsheet counts, the header being 1.',
  }),
  resultId: Type.Optional(Type.String()),
  revision: Type.Optional(Type.Integer()),
  outcome: RowOutcome,
  state: Type.Optional(ResultState),
  reason: Type.Optional(Type.String()),
  errors: Type.Optional(Type.Array(FieldMistake)),
})
export type ReportRow = Static<typeof ReportRow>

/** The answer to many results at once. `failed` is an error of Blazon's: send those rows again. */
export const ImportReport = Type.Object(
  {
    counts: Type.Object({
      accepted: Type.Integer(),
      replayed: Type.Integer(),
      parked: Type.Integer(),
      refused: Type.Integer(),
      failed: Type.Integer(),
    }),
    rows: Type.Array(ReportRow),
  },
  { title: 'ImportReport' },
)
export type ImportReport = Static<typeof ImportReport>

/** The counts of a report without rows. */
export function noCounts(): ImportReport['counts'] {
  return { accepted: 0, replayed: 0, parked: 0, refused: 0, failed: 0 }
}
