import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { ImportReport } from '../../schemas/import-report.ts'
import { importResults } from '../actions/intake/import-results.ts'
import { type Adapter, adapterOf, readAdapters } from '../actions/tools/read-adapters.ts'
import { nativeFileRows, vendorRows } from '../adapters/file-rows.ts'
import type { Row } from '../adapters/message.ts'
import { writeReport } from '../adapters/report.ts'
import { encodingTrouble, fileText } from '../adapters/text.ts'
import { type Config, readConfig } from '../config.ts'
import { closeTools, openCommandTools } from '../opening.ts'
import { Problem } from '../problem.ts'
import { followKeys, reloadKeys } from '../ring.ts'
import { run, say, tick } from './terminal.ts'

const help = `npm run import -- FILE [--adapter NAME] [--encoding NAME] [--report OUT.csv]

Imports the results of a file into the database, with the settings of npm start. Blazon may be running. It is safe to
run again: known results are replayed. Exits with 1 when a row was refused or could not be kept, or there are no rows.

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
  const bytes = await readBytes(file)
  const report = values.report === undefined ? undefined : await openReport(values.report)
  try {
    const done = await importFile(bytes, { file, adapter, encoding })
    await report?.write(done)
    show(done)
  } finally {
    await report?.close()
  }
})

type Chosen = { file: string; adapter: string | undefined; encoding: string | undefined }

async function importFile(bytes: Buffer, chosen: Chosen): Promise<ImportReport> {
  const config = readConfig()
  const adapter = await chosenAdapter(config, chosen)
  const readRows = rowsOf(bytes, { ...chosen, adapter })
  const tools = await openCommandTools(config)
  const unfollow = followKeys(() => reloadKeys(tools, config))
  try {
    const rows = await readRows(tools.now())
    return await importResults(tools, {
      rows,
      actor: 'command-line',
      onRow: progress(rows.length),
    })
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

type Reading = { file: string; adapter: Adapter | undefined; encoding: string | undefined }

/** Decodes the text at once, so that a file that cannot be read opens nothing. */
function rowsOf(
  bytes: Buffer,
  { file, adapter, encoding }: Reading,
): (now: string) => Promise<Row[]> {
  const what = `The file ${file}`
  const text = fileText(bytes, what, encoding ?? adapter?.mapping.encoding)
  return async (now) =>
    adapter === undefined
      ? nativeFileRows(file, text, { now, what })
      : vendorRows(adapter.mapping, text, { now, what })
}

function readBytes(file: string): Promise<Buffer> {
  return readFile(file).catch((error: Error) => {
    throw new Problem(
      'invalid/file-unreadable',
      `The file ${file} cannot be read: ${error.message}.`,
    )
  })
}

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
    write: async (report: ImportReport) => {
      await writeFile(part, writeReport(report))
      await rename(part, path)
    },
    close: () => rm(part, { force: true }),
  }
}

function progress(total: number) {
  return (done: number) => {
    if (done % 1000 === 0 && done < total) say(`  ${done} of ${total} rows`)
  }
}

const shownRows = 20

function show({ counts, rows }: ImportReport) {
  const { accepted, replayed, parked, refused, failed } = counts
  tick(
    `${rows.length} ${rows.length === 1 ? 'row' : 'rows'}: ${accepted} accepted, ${replayed} replayed, ${parked} parked, ${refused} refused, ${failed} failed`,
  )
  const open = rows.filter(({ outcome }) => outcome === 'refused' || outcome === 'failed')
  for (const { row, reason, errors = [] } of open.slice(0, shownRows)) {
    say(`  row ${row}: ${reason}`)
    for (const { path, message } of errors) say(`    ${path}: ${message}`)
  }
  if (open.length > shownRows) say(`  and ${open.length - shownRows} more; --report has them all.`)
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
