import type { ReportRow } from '../../../schemas/import-report.ts'
import { fileRows, type RowFormat } from '../../adapters/file-rows.ts'
import { textWindow } from '../../adapters/text-window.ts'
import type { Actor, Tools } from '../tools/tools.ts'
import { importRows } from './import-rows.ts'
import type { RowRevisions } from './number-revisions.ts'

/** Results as text that arrives in parts. `what` names the text, as the subject of sentences. */
export type SentText = {
  parts: AsyncIterator<string>
  format: RowFormat
  what: string
  actor: Actor
  revisions?: ReadonlyMap<number, RowRevisions> | undefined
  /** Ends the import before the next rows. */
  signal?: AbortSignal | undefined
  /** As `importRows` takes it. */
  together?: number
}

/** Imports the rows of a text as `importRows` does, each as soon as it is there. */
export function importText(
  tools: Tools,
  { parts, format, what, ...rest }: SentText,
): AsyncGenerator<ReportRow[]> {
  const rows = fileRows(textWindow(parts), format, { now: tools.now, what })
  return importRows(tools, { rows, ...rest })
}
