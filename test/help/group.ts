import { closeSync, openSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Test } from 'tap'
import { shareOf } from './share.ts'
import type { Part } from './suites.ts'

const root = resolve(import.meta.dirname, '../..')
const tests = new Map<string, Test>()

/** The test of a file, which is what the file imports as tap. */
export const testOf = (url: string) => tests.get(url)

/** How many files a process takes before it leaves the rest to the next, so that its memory does not grow without end. */
export const mostFiles = 50

const own = 'test-of:'
const without = 'without:async-hook-domain'

/**
 * Runs several test files in this process, one after the other: loading Blazon takes longer than most of them. Each file finds as its `t` a
 * test of its own, with its own time-out and teardowns.
 *
 * tap follows every promise by async hooks, to tell which test an error that nobody caught belongs to. That takes a third of the time, and
 * here one test runs at a time: such an error belongs to that one.
 */
export async function runFiles(parts: Iterable<Part>) {
  registerHooks({
    resolve: (specifier, context, next) => {
      if (specifier === 'async-hook-domain')
        return { url: without, format: 'module', shortCircuit: true }
      if (specifier === 'tap' && tests.has(context.parentURL ?? ''))
        return { url: own + context.parentURL, format: 'module', shortCircuit: true }
      return next(specifier, context)
    },
    load: (url, context, next) => {
      if (url !== without && !url.startsWith(own)) return next(url, context)
      const source = url === without ? noDomain : testOfFile(url.slice(own.length))
      return { format: 'module', source, shortCircuit: true }
    },
  })
  const { default: all } = await import('tap')
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) => running(all as unknown as Test).threw(error))
  for (const { file, suite, kind } of parts)
    await all.test(file, async (test) => {
      const url = pathToFileURL(resolve(root, file)).href
      tests.set(url, shareOf(test as Test, { suite, kind }))
      await import(url)
    })
}

/** Runs the files of a list that no other process has taken: all processes of a run share the list, and end at about the same time. */
export const takeFiles = (parts: Part[]) => runFiles(untaken(parts))

function* untaken(parts: Part[]): Generator<Part> {
  let count = 0
  for (const part of parts) {
    if (count === mostFiles) return
    if (!take(part)) continue
    count += 1
    yield part
  }
}

/** Whether this process is the first that takes the file: only one can create its mark. */
function take({ file }: Part): boolean {
  const mark = join(process.env.BLAZON_TEST_TAKEN ?? '', file.replaceAll('/', ' '))
  try {
    closeSync(openSync(mark, 'wx'))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

const noDomain = 'export class Domain { destroy() {} }'

function testOfFile(url: string) {
  const [group, file] = [import.meta.url, url].map((each) => JSON.stringify(each))
  return `import { testOf } from ${group}\nexport default testOf(${file})`
}

/** The innermost test that runs. */
function running(test: Test): Test {
  const [next] = test.activeSubtests
  return next ? running(next as Test) : test
}
