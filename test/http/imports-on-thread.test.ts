import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import type { ImportReport, ReportRow } from '../../schemas/import-report.ts'
import { importOnThread } from '../../src/actions/intake/import-on-thread.ts'
import { ThreadEnded } from '../../src/drawing/off-thread.ts'
import { listen } from '../../src/main.ts'
import { Problem } from '../../src/problem.ts'
import { onEachDatabase } from '../help/databases.ts'
import { get, passEvent, start, testKeys } from '../help/start.ts'
import { streamRows } from '../help/stream-rows.ts'

async function scene(t: Test, options: Parameters<typeof start>[1] = {}) {
  const blazon = await start(t, { onThread: true, settings: { LOG_LEVEL: 'error' }, ...options })
  const port = await listen(blazon, { host: '127.0.0.1', port: 0 })
  const origin = `http://127.0.0.1:${port}`
  const stream = () => streamRows({ origin, auth: blazon.auth })
  const send = (payload: string, type = 'application/x-ndjson') =>
    blazon.app.inject({
      method: 'POST',
      url: '/v1/exam-results',
      headers: { ...blazon.auth, 'content-type': type, accept: 'application/json' },
      payload,
    })
  const stored = async () =>
    (await blazon.tools.db.selectFrom('badge').select('result_id').execute()).length
  return { blazon, origin, stream, send, stored }
}

const { candidate } = passEvent()
const message = (id: string) =>
  passEvent({
    resultId: id,
    candidate: { ...candidate, id: `C-${id}`, email: `${id}@example.com` },
  })
const line = (id: string) => `${JSON.stringify(message(id))}\n`
const lines = (many: number, letter = 'R') =>
  Array.from({ length: many }, (_, at) => line(`${letter}-${at}`)).join('')
const read = (text: string | undefined) => JSON.parse(text ?? '') as ReportRow

onEachDatabase(
  t,
  'many rows are taken on a thread: each is answered in order when it is stored, and counted',
  async (t, database) => {
    const { blazon, stream, send, stored } = await scene(t, { database })
    const { write, line: answered, end } = stream()
    for (const id of ['S-1', 'S-2']) {
      write(line(id))
      t.match(read(await answered()), { resultId: id, outcome: 'accepted', state: 'issued' })
    }
    const whole = (await send(lines(250))).json() as ImportReport
    t.same(whole.counts, { accepted: 250, replayed: 0, parked: 0, refused: 0, failed: 0 })
    t.same(
      whole.rows.map(({ row, resultId }) => [row, resultId]),
      Array.from({ length: 250 }, (_, at) => [at + 1, `R-${at}`]),
    )
    write(`{"half":\n${line('R-7')}`)
    t.match(read(await answered()), { row: 3, outcome: 'refused' })
    t.match(read(await answered()), { row: 4, outcome: 'replayed' }, 'imports share what is stored')
    t.same(await end(), [])
    t.equal(await stored(), 252)
    const { body } = await get(blazon, '/metrics', { ...blazon.auth })
    t.match(body, /^blazon_badges_minted_total 252$/m)
    t.match(body, /^blazon_results_total\{state="issued",how="minted"\} 252$/m)
    t.match(body, /^blazon_results_total\{state="issued",how="replayed"\} 1$/m)
    t.match(body, /^blazon_canonical_forms_total\{outcome="made"\} (?!0$)\d+$/m)
    t.match(body, /^blazon_canonical_forms_total\{outcome="different"\} 0$/m)
  },
)

t.test('what cannot be read is answered as without a thread', async (t) => {
  const { stream, send, stored } = await scene(t as Test)
  const refused = await send(lines(250) + '{"a":"'.repeat(20_000))
  t.equal(refused.statusCode, 200, refused.body.slice(0, 300))
  t.match((refused.json() as ImportReport).rows.at(-1), { row: 251, outcome: 'refused' })
  const first = stream()
  first.write(`[${line('X-1')}]\n`)
  t.match((await first.end()).join(''), /is a JSON array/)
  t.equal((await first.answer()).statusCode, 400)
  const later = stream()
  later.write(line('X-2'))
  t.match(read(await later.line()), { outcome: 'accepted' })
  later.write(Buffer.from([0xff, 0x0a]))
  t.match((await later.end()).map(read), [
    { row: 2, outcome: 'refused', reason: /The rows after 1 were not read\.$/ },
  ])
  t.equal(await stored(), 251)
})

t.test('when Blazon closes, the answer breaks off after what was stored', async (t) => {
  const { blazon, stream, stored } = await scene(t as Test, { keepOpen: true })
  const { write, line: answered } = stream()
  write(line('R-1'))
  t.match(read(await answered()), { resultId: 'R-1', outcome: 'accepted' })
  t.equal(await stored(), 1)
  const broken = t.rejects(answered(), { code: 'ECONNRESET' })
  await Promise.all([broken, blazon.close()])
  t.same(blazon.log, [], 'which is no error of ours')
})

t.test('a client that goes away ends its import, and the next one is served', async (t) => {
  const { stream, blazon } = await scene(t as Test)
  const gone = stream()
  gone.write(line('R-1'))
  t.match(read(await gone.line()), { outcome: 'accepted' })
  gone.request.destroy()
  const next = stream()
  next.write(line('R-1') + line('R-2'))
  t.match((await next.end()).map(read), [{ outcome: 'replayed' }, { outcome: 'accepted' }])
  t.same(blazon.log, [])
})

t.test('without a thread, the rows are taken here, and an operator reads why', async (t) => {
  const keys = mkdtempSync(join(tmpdir(), 'blazon-keys-'))
  cpSync(testKeys, keys, { recursive: true })
  const settings = { KEYS_DIR: keys, LOG_LEVEL: 'error' }
  const { blazon, send, stored } = await scene(t as Test, { settings })
  rmSync(keys, { recursive: true })
  const report = (await send(lines(250))).json() as ImportReport
  t.equal(report.counts.accepted, 250)
  t.equal(await stored(), 250)
  t.equal(blazon.log.length, 1)
  t.match(blazon.log[0], /without a thread of their own/)
})

t.test('a thread that ends leaves an import that can be sent again', async (t) => {
  const { blazon } = await scene(t as Test)
  const asked: string[] = []
  const parts = (async function* () {
    yield line('R-1')
    yield line('R-2')
  })()
  const outcomes = importOnThread(
    blazon.tools,
    { parts, format: 'ndjson', what: 'The body', actor: 'api-key:x' },
    async ({ ask }) => {
      asked.push(ask)
      if (ask === 'take') throw new ThreadEnded('The thread broke.')
      return undefined
    },
  )
  const problem = await outcomes.next().catch((error) => error)
  t.type(problem, Problem)
  t.match(problem, { kind: 'unavailable', code: 'import-ended', message: /is replayed/ })
  t.match(asked, ['begin', /./])
  t.match(blazon.log.join(''), /the thread that imports results ended/)
})
