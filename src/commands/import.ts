import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { parseArgs } from 'node:util'
import type { ImportReport } from '../../schemas/import-report.ts'
import { importResults } from '../actions/import-results.ts'
import { type Adapter, adapterOf, readAdapters } from '../actions/read-adapters.ts'
import type { Tools } from '../actions/tools.ts'
import { readCsv, writeReport } from '../adapters/csv.ts'
import { mapTable } from '../adapters/map.ts'
import type { Row } from '../adapters/message.ts'
import { ndjsonRows } from '../adapters/ndjson.ts'
import { ourRows } from '../adapters/our-csv.ts'
import { utf8 } from '../adapters/text.ts'
import { type Config, readConfig } from '../config.ts'
import { closeTools, openCommandTools } from '../opening.ts'
import { Problem } from '../problem.ts'
import { followKeys, reloadKeys } from '../ring.ts'
import { run, say, tick } from './terminal.ts'

const help = `npm run import -- FILE [--adapter NAME] [--report OUT.csv]

Takes the results of a file into the database, with the settings that npm start has. A running Blazon may go on. Safe to run
again: what was kept is replayed. Ends with 1 when a row was refused or could not be kept.

  FILE             CSV in the vendor's columns; without an adapter our own CSV, or NDJSON when it ends in .ndjson
  --adapter NAME   the mapping file of ADAPTERS_DIR, without .json
  --report OUT     where the report of each row goes, as CSV; it appears when it is whole
  --help           this text`

run(async () => {
  const { values, positionals } = parse()
  if (values.help) return say(help)
  const [file] = positionals
  if (!file || positionals.length > 1)
    throw new Problem('invalid', `Say which file to take.\n\n${help}`)
  const text = await readText(file)
  const report = values.report === undefined ? undefined : await openReport(values.report)
  try {
    const done = await importText(text, { file, adapter: values.adapter })
    await report?.write(done)
    show(done)
  } finally {
    await report?.close()
  }
})

type Chosen = { file: string; adapter: string | undefined }

async function importText(text: string, chosen: Chosen): Promise<ImportReport> {
  const config = readConfig()
  const adapter = await chosenAdapter(config, chosen)
  const tools = await openCommandTools(config)
  const unfollow = followKeys(() => reloadKeys(tools, config))
  try {
    const rows = await readRows(tools, text, { file: chosen.file, adapter })
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

/** Asked for before anything is opened, so that a wrong name changes nothing. */
async function chosenAdapter(config: Config, { adapter }: Chosen): Promise<Adapter | undefined> {
  return adapter === undefined
    ? undefined
    : adapterOf({ adapters: await readAdapters(config) }, adapter)
}

type Reading = { file: string; adapter: Adapter | undefined }

async function readRows(tools: Tools, text: string, { file, adapter }: Reading): Promise<Row[]> {
  if (adapter !== undefined) {
    const { mapping } = adapter
    return mapTable(mapping, await readCsv(text, mapping.csv), tools.now())
  }
  if (extname(file) === '.ndjson') return ndjsonRows(text, tools.now())
  return ourRows(await readCsv(text), tools.now())
}

async function readText(file: string) {
  const bytes = await readFile(file).catch((error: Error) => {
    throw new Problem('invalid', `The file ${file} cannot be read: ${error.message}.`)
  })
  return utf8(bytes, `The file ${file}`)
}

/** Written beside and then moved, so that nobody fetches half of a report. */
async function openReport(path: string) {
  const part = `${path}.part`
  await writeFile(part, '').catch((error: Error) => {
    throw new Problem('invalid', `The report ${path} cannot be written: ${error.message}.`)
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
        report: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new Problem('invalid', `${(error as Error).message}\n\n${help}`)
  }
}
