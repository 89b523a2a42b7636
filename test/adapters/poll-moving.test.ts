import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import type { Mapping } from '../../schemas/mapping.ts'
import { pollJobs } from '../../src/actions/intake/poll-results.ts'
import { pageUrl, readPage } from '../../src/adapters/poll-shapes.ts'
import type { Polled } from '../../src/adapters/polled.ts'
import { handlers } from '../../src/jobs/handlers.ts'
import { planStanding, runDueJobs } from '../../src/jobs/run-jobs.ts'
import { rest } from '../help/share.ts'
import { adaptersExample, clockAt, start } from '../help/start.ts'
import { sampleResults, startVendor } from '../help/vendor.ts'

const [, failed = {}] = sampleResults('kryterion')
const at = (minute: number) => `2026-11-20 03:${String(minute).padStart(2, '0')}:00`
const result = (testId: string, minute = 1) => ({
  ...failed,
  testId,
  lastModified: at(minute),
  candidate: { login: `c${testId}`, name: 'Li Na', email: `${testId}@example.com` },
})

/** A Blazon that polls a vendor with many results of one second, three pages of two and some later ones. */
async function scene(t: Test) {
  const vendor = await startVendor(t, 'kryterion')
  const clock = clockAt('2026-11-22T04:00:00.000Z')
  const blazon = await start(t, { clock, settings: vendor.settings })
  await planStanding(blazon.tools, pollJobs(blazon.tools.adapters))
  vendor.results = [...'abcdef'].map((id) => result(id))
  vendor.results.push(result('y', 20), result('z', 21))
  /** What leaves the second when a page of a number is answered, each time. */
  const leaves = (numbers: Record<string, string[][]>) => {
    vendor.meanwhile = ({ searchParams }) => {
      const ids = numbers[searchParams.get('page') ?? '']?.shift() ?? []
      for (const [index, each] of vendor.results.entries())
        if (ids.includes(String(each.testId)))
          vendor.results[index] = { ...each, lastModified: at(30) }
    }
  }
  const job = () =>
    blazon.tools.db
      .selectFrom('job')
      .select(['state', 'run_at', 'last_error'])
      .where('kind', '=', 'poll')
      .executeTakeFirstOrThrow()
  const run = async () => {
    clock.set((await job()).run_at)
    await runDueJobs(blazon.tools, handlers)
    return job()
  }
  const kept = async () => {
    const rows = await blazon.tools.db.selectFrom('result').select('result_id').execute()
    return rows.map(({ result_id }) => result_id).sort()
  }
  return { vendor, run, kept, leaves }
}

const all = [...'abcdefyz']

t.test('a result that moves to a page that was read is not lost', async (t) => {
  const { run, kept, leaves } = await scene(t as Test)
  leaves({ 2: [['a']] })
  await run()
  await run()
  t.same(await kept(), all)
})

t.test('a result is not lost either when it is missed twice and all else was seen', async (t) => {
  const { run, kept, leaves } = await scene(t as Test)
  // The first answer for page 1 only finds the second; “e” is on page 3, then on page 2, then on page 1 when they were read.
  leaves({ 1: [[], [], ['b', 'c']], 2: [['a']] })
  await run()
  await run()
  t.same(await kept(), all)
})

t.test(
  'what comes right after pages that were read before is not lost when these shrink',
  async (t) => {
    const { vendor, run, kept, leaves } = await scene(t as Test)
    vendor.results = [...'abcd'].map((id) => result(id))
    await run()
    vendor.results.push(result('x', 20), result('y', 21), result('z', 22))
    leaves({ 2: [['a']] })
    await run()
    await run()
    t.same(await kept(), [...'abcdxyz'])
  },
)

t.test(
  'a result that moves into the second that is read, while another moves out, is not lost',
  async (t) => {
    const { vendor, run, kept } = await scene(t as Test)
    vendor.results = [...'abd'].map((id) => result(id))
    await run()
    // Nothing is later than the second yet, which two passes agree on; “c” comes into it, and makes room by “a” when page 1 was read.
    vendor.results.splice(2, 0, result('c'))
    let answered = 0
    vendor.meanwhile = () => {
      answered += 1
      if (answered !== 1) return
      vendor.results = [...vendor.results.slice(1), result('a', 30)]
    }
    await run()
    await run()
    t.same(await kept(), [...'abcd'])
  },
)

t.test('pages that never agree hold the cursor, and the operator hears what to mend', async (t) => {
  const { vendor, run, kept } = await scene(t as Test)
  let turn = 0
  vendor.meanwhile = () => {
    turn += 1
    vendor.results = [
      ...vendor.results.slice(1, 6),
      vendor.results[0] ?? {},
      ...vendor.results.slice(6),
    ]
  }
  const job = await run()
  t.match(job, { state: 'waiting', last_error: /^The results of kryterion change.*larger pages/ })
  t.ok(turn < 30, 'and the vendor is left alone for a while')
  vendor.meanwhile = () => {}
  await run()
  await run()
  t.same(await kept(), all)
})

t.test('pages that overlap each time alike are not taken for complete', async (t) => {
  const { vendor, run, kept } = await scene(t as Test)
  const [a, b, c, d, e, f, ...later] = vendor.results
  // Some databases order what is equal otherwise for each page; nothing moves, and “c” is on none.
  const pages = [[a, b], [d, a], [e, f], later]
  vendor.instead = Array.from({ length: 20 }, () => (request, response) => {
    const number = Number(new URL(request.url ?? '', 'http://localhost').searchParams.get('page'))
    response.end(JSON.stringify({ pages: pages.length, results: pages[number - 1] }))
  })
  t.match(await run(), { state: 'waiting', last_error: /larger pages/ })
  vendor.instead = []
  await run()
  await run()
  t.ok((await kept()).includes(String(c?.testId)))
})

const mapping = JSON.parse(readFileSync(`${adaptersExample}/kryterion.json`, 'utf8')) as Polled &
  Mapping
type Row = { testId: string; second: number }
type Event = { kind: 'change' | 'come' | 'go' | 'tick'; pick: number }

/** A vendor of Kryterion’s shape, in memory; its clock stands until it ticks, and never goes back. */
function world(size: number) {
  let now = 1000
  let next = 0
  let rows: Row[] = []
  const newRow = (): Row => {
    next += 1
    // The order among equals is by id, and new ones are anywhere in it.
    return { testId: `K-${(next * 7919) % 1009}`, second: now }
  }
  const text = (second: number) =>
    new Date(second * 1000).toISOString().slice(0, 19).replace('T', ' ')
  return {
    rows: () => rows.map(({ testId, second }) => `${testId} ${text(second)}`),
    happen: ({ kind, pick }: Event) => {
      const index = rows.length === 0 ? -1 : pick % rows.length
      if (kind === 'tick') now += 1 + (pick % 3)
      if (kind === 'come') rows.push(newRow())
      if (kind === 'go') rows = rows.filter((_, at) => at !== index)
      if (kind === 'change')
        rows = rows.map((row, at) => (at === index ? { ...row, second: now } : row))
    },
    answer: (href: string) => {
      const query = new URL(href).searchParams
      const since = Date.parse(query.get('changedSince') ?? '1970-01-01T00:00:00Z')
      const found = rows
        .filter(({ second }) => second * 1000 >= since)
        .toSorted((a, b) => a.second - b.second || (a.testId < b.testId ? -1 : 1))
        .map(({ testId, second }) => ({ testId, lastModified: text(second) }))
      const page = Number(query.get('page'))
      return {
        pages: Math.ceil(found.length / size),
        results: found.slice((page - 1) * size, page * size),
      }
    },
  }
}

const event = (kinds: Event['kind'][]) =>
  fc.record({ kind: fc.constantFrom(...kinds), pick: fc.nat(1000) })

rest(t).test(
  'whatever moves between whichever pages, every result is read as it last was',
  async (t) => {
    const property = fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 0, max: 15 }),
      fc.array(fc.array(event(['change', 'change', 'come', 'go', 'tick']), { maxLength: 4 }), {
        maxLength: 25,
      }),
      (size, atFirst, history) => {
        const vendor = world(size)
        const read = new Set<string>()
        let cursor: string | null = null
        const poll = () => {
          const body = vendor.answer(pageUrl(mapping, cursor))
          const page = readPage(mapping, cursor, body)
          for (const { testId, lastModified } of page.records as Record<string, string>[])
            read.add(`${testId} ${lastModified}`)
          cursor = page.cursor
          return page.more
        }
        for (let count = 0; count < atFirst; count += 1) vendor.happen({ kind: 'come', pick: 0 })
        vendor.happen({ kind: 'tick', pick: 1 })
        for (const events of history) {
          poll()
          for (const each of events) vendor.happen(each)
        }
        let left = 1000
        for (const _ of ['what was under way', 'the next time'])
          while (poll()) {
            left -= 1
            if (left === 0) throw new Error('it reads on for ever')
          }
        const lost = vendor.rows().filter((row) => !read.has(row))
        if (lost.length > 0) throw new Error(`lost: ${lost.join(', ')}`)
      },
    )
    t.doesNotThrow(() => fc.assert(property, { numRuns: 2000 }))
  },
)
