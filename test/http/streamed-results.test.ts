import { mock } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import t, { type Test } from 'tap'
import type { ImportReport, ReportRow } from '../../schemas/import-report.ts'
import { listen } from '../../src/main.ts'
import { onEachDatabase } from '../help/databases.ts'
import { passEvent, start } from '../help/start.ts'
import { streamRows } from '../help/stream-rows.ts'

async function scene(t: Test, options: Parameters<typeof start>[1] = {}) {
  const blazon = await start(t, options)
  const port = await listen(blazon, { host: '127.0.0.1', port: 0 })
  const origin = `http://127.0.0.1:${port}`
  const stream = (headers: Record<string, string> = {}) =>
    streamRows({ origin, auth: blazon.auth, headers })
  const stored = async () =>
    (await blazon.tools.db.selectFrom('result_message').select('result_id').execute()).map(
      ({ result_id }) => result_id,
    )
  return { blazon, origin, stream, stored }
}

const { candidate } = passEvent()
const message = (id: string) =>
  passEvent({
    resultId: id,
    candidate: { ...candidate, id: `C-${id}`, email: `${id}@example.com` },
  })
const line = (id: string) => `${JSON.stringify(message(id))}\n`
const read = (text: string | undefined) => JSON.parse(text ?? '') as ReportRow

onEachDatabase(
  t,
  'each line of NDJSON is answered when it is stored, before the next is sent',
  async (t, database) => {
    const { stream, stored } = await scene(t, { database })
    const { write, line: answered, end, answer } = stream()
    for (const id of ['R-1', 'R-2']) {
      write(line(id))
      t.match(read(await answered()), { resultId: id, outcome: 'accepted', state: 'issued' })
      t.ok((await stored()).includes(id), 'it is stored by then')
    }
    t.match((await answer()).headers, {
      'content-type': 'application/x-ndjson',
      'cache-control': 'no-store',
    })
    write(`{"half":\n${line('R-1')}`)
    t.match(read(await answered()), { row: 3, outcome: 'refused' })
    t.match(read(await answered()), { row: 4, resultId: 'R-1', outcome: 'replayed' })
    t.same(await end(), [])
  },
)

t.test('so is each row of CSV, in CSV, wherever the parts of the body begin', async (t) => {
  const { stream } = await scene(t as Test)
  const columns =
    'source,resultId,revision,exam,outcome,endedAt,released,candidate.id,candidate.fullName,candidate.email'
  const row = (id: string) =>
    `x,${id},1,PR000001,passed,2026-11-20T10:00:00Z,true,C-${id},"Li ""Na""",li@example.com`
  const { write, line: answered, end, answer } = stream({ 'content-type': 'text/csv' })
  write(columns.slice(0, 20))
  await setImmediate()
  write(`${columns.slice(20)}\r\n`)
  write(row('R-1').slice(0, 70))
  await setImmediate()
  write(`${row('R-1').slice(70)}\r\n`)
  t.equal(await answered(), '\ufeffrow,resultId,revision,outcome,state,reason,errors\r')
  t.equal(await answered(), '2,R-1,1,accepted,issued,,\r')
  t.match((await answer()).headers['content-type'], /^text\/csv; charset=utf-8/)
  write(`${row('R-2')}\r\n`)
  t.equal(await answered(), '3,R-2,1,accepted,issued,,\r')
  t.same(await end(), [])
})

t.test('the answer is one JSON document for a client that prefers JSON', async (t) => {
  const { stream } = await scene(t as Test)
  const { write, end } = stream({ accept: 'application/json' })
  write(line('R-1') + line('R-2') + line('R-1'))
  const report = JSON.parse((await end()).join('\n')) as ImportReport
  t.same(report.counts, { accepted: 2, replayed: 1, parked: 0, refused: 0, failed: 0 })
  t.same(
    report.rows.map(({ row }) => row),
    [1, 2, 3],
  )
})

t.test('a body that cannot be read from its first row on is refused as a whole', async (t) => {
  const { stream, stored } = await scene(t as Test)
  const bodies: [type: string, body: string | Buffer, status: number, says: RegExp][] = [
    ['application/x-ndjson', '', 400, /has no rows/],
    ['application/x-ndjson', `[${line('R-1')},${line('R-2')}]`, 400, /is a JSON array/],
    ['application/x-ndjson', Buffer.from([0x50, 0x4b, 3, 4, 0]), 400, /looks like a ZIP/],
    ['application/x-ndjson', Buffer.from('{"a":"\xe4"}\n', 'latin1'), 400, /is not UTF-8/],
    ['text/csv', 'source,resultId\n', 422, /The header has \d+ mistakes/],
  ]
  for (const [type, body, status, says] of bodies) {
    const { write, end, answer } = stream({ 'content-type': type })
    write(body)
    const text = (await end()).join('')
    t.equal((await answer()).statusCode, status, text)
    t.match(text, says)
  }
  t.same(await stored(), [])
})

t.test('a body that cannot be read further down says where it ends', async (t) => {
  const { stream, stored } = await scene(t as Test)
  const { write, line: answered, end } = stream()
  write(line('R-1'))
  t.match(read(await answered()), { outcome: 'accepted' })
  write(Buffer.from([0xff, 0x0a]))
  const [last, ...more] = await end()
  t.match(read(last), {
    row: 2,
    outcome: 'refused',
    reason: /^The body is not UTF-8.* The rows after 1 were not read\.$/,
  })
  t.same(more, [])
  t.same(await stored(), ['R-1'])
})

t.test(
  'a message that is written over several lines is one row, of any length it may have',
  async (t) => {
    const { stream } = await scene(t as Test)
    const { write, end } = stream()
    write(JSON.stringify(message('R-1'), null, 2))
    t.match((await end()).map(read), [{ row: 1, resultId: 'R-1', outcome: 'accepted' }])
  },
)

t.test('a line that is longer than a message may be costs only itself', async (t) => {
  const { stream } = await scene(t as Test)
  const { write, end } = stream()
  write(line('R-1'))
  for (let part = 0; part < 40; part += 1) write('x'.repeat(65_536))
  write(`\n${line('R-2')}`)
  t.match((await end()).map(read), [
    { row: 1, outcome: 'accepted' },
    { row: 2, outcome: 'refused', errors: [{ message: /more than 65536 characters/ }] },
    { row: 3, outcome: 'accepted' },
  ])
})

t.test('who does not read the answers is sent no more, and no more rows are read', async (t) => {
  let rows = 0
  const clock = {
    now: () => {
      rows += 1
      return '2026-11-22T04:00:00.000Z'
    },
    set: () => {},
  }
  const { stream } = await scene(t as Test, { clock })
  const many = 30_000
  const { write, answer, line: answered, end } = stream()
  write('{}\n'.repeat(many))
  await answer()
  for (let before = -1; before < rows; ) {
    before = rows
    for (let turn = 0; turn < 200; turn += 1) await setImmediate()
  }
  t.ok(rows > 0 && rows < many / 2, `${rows} of ${many} rows`)
  const first = read(await answered())
  const all = [first, ...(await end()).map(read)]
  t.equal(all.length, many)
  t.ok(all.every(({ row, outcome }, at) => row === at + 1 && outcome === 'refused'))
})

t.test('when Blazon closes, the answer breaks off after what was stored', async (t) => {
  const { blazon, stream, stored } = await scene(t as Test, { keepOpen: true })
  const { write, line: answered } = stream()
  write(line('R-1'))
  t.match(read(await answered()), { resultId: 'R-1', outcome: 'accepted' })
  t.same(await stored(), ['R-1'])
  const broken = t.rejects(answered(), { code: 'ECONNRESET' })
  const closed = blazon.close()
  await broken
  await closed
  const errors = blazon.log.filter((entry) => JSON.parse(entry).level >= 50)
  t.same(errors, [], 'which is no error of ours')
})

t.test('a message must arrive within half a minute, while rows may take any time', async (t) => {
  const { origin, stream, blazon } = await scene(t as Test)
  mock.timers.enable({ apis: ['setTimeout'] })
  t.teardown(() => mock.timers.reset())
  const slow = streamRows({
    origin,
    auth: blazon.auth,
    headers: { 'content-type': 'application/json' },
  })
  slow.write('{')
  const patient = stream()
  patient.write(line('R-1'))
  t.match(read(await patient.line()), { outcome: 'accepted' })
  mock.timers.tick(30_000)
  await t.rejects(slow.answer(), { code: 'ECONNRESET' })
  patient.write(line('R-2'))
  t.match(read(await patient.line()), { outcome: 'accepted' })
  t.same(await patient.end(), [])
})
