import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { run } from 'node:test'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { conformanceReport } from './conformance-report.ts'
import { mostFiles } from './group.ts'
import { report } from './report.ts'
import { kindOf, type Part, partsOf, runsAlone, testFiles } from './suites.ts'

const root = resolve(import.meta.dirname, '../..')
const { values, positionals } = parseArgs({
  options: {
    exhaustive: { type: 'boolean' },
    concurrency: { type: 'string', default: '2' },
  },
  allowPositionals: true,
})
const concurrency = Number(values.concurrency)

/** What is to run: a suite; given files and those whose path has a given word, whole; or what the exhaustive suite runs of those. */
function parts(): Part[] {
  const suite = values.exhaustive ? 'exhaustive' : 'everyday'
  if (positionals.length === 0) return partsOf(suite)
  const given = positionals.filter((word) => word.endsWith('.ts') && existsSync(join(root, word)))
  const named = testFiles().filter((file) => positionals.some((word) => file.includes(word)))
  const files = new Set([...given, ...named])
  if (values.exhaustive) return partsOf(suite).filter(({ file }) => files.has(file))
  return [...files].map((file) => ({ file, suite: 'all', kind: kindOf(file) }))
}

const folder = mkdtempSync(join(root, 'data-run-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
process.once('SIGINT', () => process.exit(130))
process.env.BLAZON_TEST_TAKEN = folder
const group = pathToFileURL(join(import.meta.dirname, 'group.ts')).href

/** A process that runs these parts, or of these parts those that no other process has taken. */
function processOf(index: number, call: string, parts: Part[]): string {
  const file = join(folder, `process-${String(index).padStart(2, '0')}.test.ts`)
  const list = JSON.stringify(parts, null, 1)
  writeFileSync(file, `import { ${call} } from ${JSON.stringify(group)}\nawait ${call}(${list})\n`)
  return file
}

/** First come the files that have a process of their own, which are slow. */
function processes(): string[] {
  const [own, shared] = [true, false].map((is) =>
    parts().filter(({ file }) => runsAlone(file) === is),
  ) as [Part[], Part[]]
  const sharing = shared.length === 0 ? 0 : Math.ceil(shared.length / mostFiles) + concurrency - 1
  return [
    ...own.map((part, index) => processOf(index, 'runFiles', [part])),
    ...Array.from({ length: sharing }, (_, index) =>
      processOf(own.length + index, 'takeFiles', shared),
    ),
  ]
}

const options = {
  files: processes(),
  cwd: root,
  concurrency,
  // The types do not know it yet.
  globalSetupPath: join(import.meta.dirname, 'postgres.ts'),
}
const events = run(options)
events.on('test:fail', () => {
  process.exitCode = 1
})
const output = events.compose(report)
output.pipe(process.stdout, { end: false })
output.once('end', () => {
  if (positionals.length === 0) process.stdout.write(`${conformanceReport()}\n`)
})
