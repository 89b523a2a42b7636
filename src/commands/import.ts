import { createReadStream } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type ImportReport, noCounts, type ReportRow } from '../../schemas/import-report.ts'
import type { Mapping } from '../../schemas/mapping.ts'
import { importRows } from '../actions/intake/import-rows.ts'
import { numberStream } from '../actions/intake/number-revisions.ts'
import { type Adapter, adapterOf, readAdapters } from '../actions/tools/read-adapters.ts'
import { fileRows, nativeFormat } from '../adapters/file-rows.ts'
import type { LazyRow } from '../adapters/message.ts'
import { reportText } from '../adapters/report.ts'
import { encodingTrouble, textParts } from '../adapters/text.ts'
import { textWindow } from '../adapters/text-window.ts'
import { type Config, readConfig } from '../config.ts'
import { closeTools } from '../opening.ts'
import { Problem } from '../problem.ts'
import { followKeys, reloadKeys } from '../ring.ts'
import { openCommandTools } from './command-tools.ts'
import { showProgress } from './progress.ts'
import { formatNumber, run, say, tick } from './terminal.ts'

const help = `npm run import -- FILE [--adapter NAME] [--encoding NAME] [--report OUT.csv]

Imports the results of a file into the database, with the settings of npm start. Blazon may be running. It is safe to
run again, and goes on where it was: known results are replayed. Exits with 1 when a row was refused or could not be
kept, or there are no rows.

  FILE             CSV in the vendor's columns. Without an adapter, our own CSV or NDJSON: the file's name decides (.csv,
                   .tsv, .ndjson, .jsonl), else its content
  --adapter NAME   the mapping file of ADAPTERS_DIR, without .json
  --encoding NAME  the encoding of a file without a byte order mark, such as gb18030, shift_jis or windows-1252; else that
                   of the mapping file, else UTF-8
  --report OUT     the file for the report of each row, as CSV; it appears when it is complete
  --help           this text`

run(async () => {
  const { values, positionals } = parse()
  if (values.help) return say(help)
  const [file] = positionals
  if (!file || positionals.length > 1)
    throw new Problem('invalid/usage', `Say which file to take.\n\n${help}`)
  const { adapter, encoding } = values
  const trouble = encoding === undefined ? undefined : encodingTrouble(encoding)
  if (trouble) throw new Problem('invalid/no-such-encoding', trouble)
  const report = values.report === undefined ? undefined : await openReport(values.report)
  try {
    show(await importFile({ file, adapter, encoding }, report))
  } finally {
    await report?.close()
  }
})

type Chosen = { file: string; adapter: string | undefined; encoding: string | undefined }

/** Looks through the whole file first, so that one that cannot be read to its end changes nothing. */
async function importFile(chosen: Chosen, report: Report | undefined): Promise<Summary> {
  const config = readConfig()
  const adapter = await chosenAdapter(config, chosen)
  const rows = await openRows({ ...chosen, mapping: adapter?.mapping })
  const total = await countRows(rows())
  const tools = await openCommandTools(config)
  const unfollow = followKeys(() => reloadKeys(tools, config))
  try {
    const revisions = adapter === undefined ? undefined : await numberStream(rows)
    const given = { rows: rows(), actor: 'command-line', ...(revisions && { revisions }) }
    const summary = newSummary()
    const outcomes = counted(importRows(tools, given), { total, summary })
    if (report) await report.write(reportText(outcomes, 'csv'))
    else for await (const _ of outcomes);
    return summary
  } finally {
    unfollow()
    await closeTools(tools)
  }
}

/** Chosen before anything is opened, so that a wrong name changes nothing. */
async function chosenAdapter(config: Config, { adapter }: Chosen): Promise<Adapter | undefined> {
  return adapter === undefined
    ? undefined
    : adapterOf({ adapters: await readAdapters(config) }, adapter)
}

type Opened = { file: string; mapping: Mapping | undefined; encoding: string | undefined }

/** The rows of a file. Each call reads it from the beginning. */
async function openRows({
  file,
  mapping,
  encoding,
}: Opened): Promise<() => AsyncIterable<LazyRow>> {
  const what = `The file ${file}`
  const parts = () => textParts(bytesOf(file), what, encoding ?? mapping?.encoding)
  const { value: begin = '' } = await parts().next()
  const format = mapping ?? nativeFormat(file, begin, what)
  const now = () => Temporal.Now.instant().toString()
  return () => fileRows(textWindow(parts()), format, { now, what })
}

async function* bytesOf(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file, { highWaterMark: 262_144 })
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem(
      'invalid/file-unreadable',
      `The file ${file} cannot be read: ${(error as Error).message}.`,
    )
  }
}

async function countRows(rows: AsyncIterable<unknown>): Promise<number> {
  let count = 0
  for await (const _ of rows) count += 1
  return count
}

type Report = Awaited<ReturnType<typeof openReport>>

/** The report is written to a temporary file and then renamed, so that no reader sees half of it. */
async function openReport(path: string) {
  const part = `${path}.part`
  await writeFile(part, '').catch((error: Error) => {
    throw new Problem(
      'invalid/report-not-writable',
      `The report ${path} cannot be written: ${error.message}.`,
    )
  })
  return {
    write: async (text: AsyncIterable<string>) => {
      await writeFile(part, text)
      await rename(part, path)
    },
    close: () => rm(part, { force: true }),
  }
}

const shownRows = 20

type Summary = { counts: ImportReport['counts']; open: ReportRow[] }
const newSummary = (): Summary => ({ counts: noCounts(), open: [] })

/** The same outcomes, shown as progress and summed up. */
async function* counted(
  outcomes: AsyncIterable<ReportRow[]>,
  { total, summary: { counts, open } }: { total: number; summary: Summary },
): AsyncGenerator<ReportRow[]> {
  const now = () => performance.now()
  const progress = showProgress({ what: 'rows', total, now, screen: process.stdout })
  let done = 0
  try {
    for await (const rows of outcomes) {
      for (const row of rows) {
        counts[row.outcome] += 1
        if (isOpen(row) && open.length < shownRows) open.push(row)
      }
      done += rows.length
      progress.reached(done)
      yield rows
    }
  } finally {
    progress.end()
  }
}

const isOpen = ({ outcome }: ReportRow) => outcome === 'refused' || outcome === 'failed'

function show({ counts, open }: Summary) {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const each = Object.entries(counts).map(([outcome, count]) => `${formatNumber(count)} ${outcome}`)
  tick(`${formatNumber(all)} ${all === 1 ? 'row' : 'rows'}: ${each.join(', ')}`)
  for (const { row, reason, errors = [] } of open) {
    say(`  row ${row}: ${reason}`)
    for (const { path, message } of errors) say(`    ${path}: ${message}`)
  }
  const more = counts.refused + counts.failed - open.length
  if (more > 0) say(`  and ${formatNumber(more)} more; --report has them all.`)
  if (open.length > 0) process.exitCode = 1
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        adapter: { type: 'string' },
        encoding: { type: 'string' },
        report: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new Problem('invalid/usage', `${(error as Error).message}\n\n${help}`)
  }
}
