import type { TestEvent } from 'node:test/reporters'
import { stripVTControlCharacters } from 'node:util'

type Failed = Extract<TestEvent, { type: 'test:fail' }>['data']

/** A line for each test file with its seconds and assertions; what failed, with what differed, where it failed and again at the end. */
export async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const failures: string[] = []
  let [assertions, before, failed] = [0, 0, 0]
  let open: Failed[] = []
  for await (const { type, data } of events) {
    if (type === 'test:stderr' || type === 'test:stdout') yield data.message
    if (type !== 'test:pass' && type !== 'test:fail') continue
    if (type === 'test:pass' && emptyProcess.test(data.name)) continue
    const isTest = data.details.type === 'suite'
    if (!isTest) assertions += 1
    if (type === 'test:fail' && !(isTest && open.length > 0)) open.push(data)
    if (data.nesting > 1 || (data.nesting === 1 && open.length === 0)) continue
    // A file fails with its tests, which have been told.
    if (data.nesting === 0 && failures.length > failed) open = []
    if (data.nesting === 1 || open.length > 0) {
      const text = [data.name, ...differences(open)].join('\n').replaceAll('\n', '\n  ')
      failures.push(text)
      yield `${text}\n`
      open = []
    }
    if (data.nesting > 0) continue
    const seconds = (data.details.duration_ms / 1000).toFixed(1).padStart(6)
    yield `${type === 'test:pass' ? '✔' : '✖'}${seconds} s ${String(assertions - before).padStart(6)}  ${data.name}\n`
    before = assertions
    failed = failures.length
  }
  if (failures.length > 0) yield `\nFailed:\n\n${failures.join('\n\n')}\n`
  yield `\n${assertions} assertions, ${failures.length} tests failed\n`
}

/** A process that found all files taken. */
const emptyProcess = /process-\d+\.test\.ts$/

/** How many assertions of one test are told in full. */
const inFull = 5

/** What a test's assertions say; a table of many is the first in full and the names of the others, a line each. */
function differences(failed: Failed[]): string[] {
  const others = failed.slice(inFull).map(({ name }) => `  ${name}`)
  const more = others.length === 0 ? [] : [`And ${others.length} more:`, ...others]
  return [...failed.slice(0, inFull).map(said), ...more]
}

/** What an assertion says of its failure, and where it stands. */
function said({ name, file, line, details: { error } }: Failed): string {
  const cause = (error.cause ?? error) as Error | string
  const text = typeof cause === 'string' ? cause : (cause.stack ?? cause.message)
  const plain = process.stdout.isTTY ? text : stripVTControlCharacters(text)
  const place = file === undefined ? '' : `${file}:${line}\n`
  return `${name}\n${place}${plain.replaceAll(/ +$/gm, '')}`
}
