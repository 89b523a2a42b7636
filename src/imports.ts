import { type Imports, importOnThread } from './actions/intake/import-on-thread.ts'
import type { ImportAnswer, ImportQuestion } from './actions/intake/import-server.ts'
import { importText } from './actions/intake/import-text.ts'
import type { ProgrammeFile } from './actions/judging/adopt-programme.ts'
import type { Config } from './config.ts'
import { offThread } from './drawing/off-thread.ts'

/** Imports of large texts. `close` ends the thread, if there is one. */
export type LargeImports = { run: Imports; close: () => void }

/** What the importing thread opens its tools from. */
export type ImportThreadData = { config: Config; programmeFile: ProgrammeFile }

/** Large imports on this thread. */
export const importHere: LargeImports = { run: importText, close: () => {} }

/** Large imports, on a thread that opens the same tools a second time. */
export function importsOf(config: Config, programmeFile: ProgrammeFile): LargeImports {
  const closing = new AbortController()
  const script = new URL('./import-thread.ts', import.meta.url)
  const data: ImportThreadData = { config, programmeFile }
  const ask = offThread<ImportQuestion, ImportAnswer | undefined>(script, {
    data,
    closing: closing.signal,
  })
  return {
    run: (tools, sent) => importOnThread(tools, sent, ask),
    close: () => closing.abort(),
  }
}
