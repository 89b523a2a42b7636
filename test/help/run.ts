import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { run } from 'node:test'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { conformanceReport } from './conformance-report.ts'
import { report } from './report.ts'
import { kindOf, type Part, partsOf, runsAlone, testFiles } from './suites.ts'

const root = resolve(import.meta.dirname, '../..')
const { values, positionals } = parseArgs({
  options: {
    exhaustive: { type: 'boolean' },
    concurrency: { type: 'string', default: '2' },
    together: { type: 'string', default: '16' },
  },
  allowPositionals: true,
})

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

/** Neighbours share a process; first come those that have one of their own, which are slow. */
function groups(): Part[][] {
  const [own, shared] = [true, false].map((is) =>
    parts().filter(({ file }) => runsAlone(file) === is),
  ) as [Part[], Part[]]
  const size = Number(values.together)
  const count = Math.ceil(shared.length / size)
  const chunks = Array.from({ length: count }, (_, index) =>
    shared.slice(index * size, (index + 1) * size),
  )
  return [...own.map((each) => [each]), ...chunks]
}

const folder = mkdtempSync(join(root, 'data-run-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
process.once('SIGINT', () => process.exit(130))
const group = pathToFileURL(join(import.meta.dirname, 'group.ts')).href
const files = groups().map((parts, index) => {
  const file = join(folder, `${String(index).padStart(3, '0')}.test.ts`)
  const list = JSON.stringify(parts, null, 1)
  writeFileSync(
    file,
    `import { runFiles } from ${JSON.stringify(group)}\nawait runFiles(${list})\n`,
  )
  return file
})

const options = {
  files,
  cwd: root,
  concurrency: Number(values.concurrency),
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
