import { parse } from 'csv-parse/sync'
import t from 'tap'
import type { ImportReport } from '../../schemas/import-report.ts'
import { onEachDatabase } from '../help/databases.ts'
import { readTable } from '../help/read-table.ts'
import { refuseResult } from '../help/refuse-result.ts'
import { passEvent, type Started, start } from '../help/start.ts'

const { candidate } = passEvent()
const person = (id: string) => ({ ...candidate, id, email: `${id}@example.com` })

async function send(
  { app, auth }: Started,
  type: string,
  payload: string,
  headers: Record<string, string> = {},
) {
  const answer = await app.inject({
    method: 'POST',
    url: '/v1/exam-results',
    headers: { ...auth, 'content-type': type, accept: 'application/json', ...headers },
    payload,
  })
  return { status: answer.statusCode, text: answer.body, headers: answer.headers }
}

const ndjson = (values: unknown[]) => values.map((value) => JSON.stringify(value)).join('\n')

onEachDatabase(
  t,
  'many results as NDJSON: each line is accepted, replayed, parked or refused by itself, with its reason',
  async (t, database) => {
    const blazon = await start(t, { database })
    const lines = [
      passEvent({ resultId: 'R-1', candidate: person('C-1') }),
      passEvent({ resultId: 'R-2', candidate: person('C-2'), exam: 'PR009999' }),
      passEvent({ resultId: 'R-3', candidate: person('C-3'), score: 7, released: 'yes' }),
      passEvent({ resultId: 'R-4', candidate: person('C-4'), released: false }),
      passEvent({ resultId: 'R-1', candidate: person('C-1') }),
      passEvent({ resultId: 'R-1', candidate: person('C-1'), score: '1' }),
    ]
    const body = `${ndjson(lines)}\r\n\n{"half":\n[]\n`
    const { status, text } = await send(blazon, 'application/x-ndjson', body)
    t.equal(status, 200)
    const report = JSON.parse(text) as ImportReport
    t.same(report.counts, { accepted: 2, replayed: 1, parked: 1, refused: 4, failed: 0 })
    t.match(report.rows, [
      { row: 1, resultId: 'R-1', revision: 1, outcome: 'accepted', state: 'issued' },
      { row: 2, outcome: 'parked', state: 'parked', reason: /has no exam PR009999/ },
      {
        row: 3,
        resultId: 'R-3',
        outcome: 'refused',
        reason: 'The row has 2 mistakes.',
        errors: [{ path: '/score' }, { path: '/released' }],
      },
      { row: 4, outcome: 'accepted', state: 'held', reason: /not released/ },
      { row: 5, outcome: 'replayed', state: 'issued' },
      { row: 6, outcome: 'refused', reason: /already received with another body/ },
      { row: 8, outcome: 'refused', errors: [{ path: '/', message: /^The line is not JSON/ }] },
      { row: 9, outcome: 'refused' },
    ])
    const again = JSON.parse((await send(blazon, 'application/x-ndjson', body)).text)
    t.match(again.counts, { accepted: 0, replayed: 4, refused: 4 }, 'sent again, nothing is new')
  },
)

const header =
  'source,resultId,revision,exam,outcome,score,startedAt,endedAt,released,contentShown,candidate.id,candidate.fullName,candidate.email'
const row = (id: string, changes: { score?: string; released?: string; name?: string } = {}) =>
  `webassessor,${id},1,PR000001,passed,${changes.score ?? '812'},2026-11-22T09:00:00+08:00,2026-11-22T10:12:00+08:00,${changes.released ?? 'TRUE'},,C-${id},${changes.name ?? '张伟'},${id}@example.com`

onEachDatabase(
  t,
  'many results as CSV, with a byte order mark, Windows line ends, quotation marks and blank rows',
  async (t, database) => {
    const blazon = await start(t, { database })
    const body = [
      `\ufeff${header}`,
      row('R-1', { name: '"Zhang, Wei\n(伟)"' }),
      row('R-2', { name: '"Zhang, ""Wei"""' }),
      ',,,',
      row('R-3', { released: 'soon' }),
      row('R-4', { released: 'false' }),
      '',
    ].join('\r\n')
    const { text } = await send(blazon, 'text/csv; charset=utf-8', body)
    const report = JSON.parse(text) as ImportReport
    t.same(report.counts, { accepted: 2, replayed: 0, parked: 0, refused: 2, failed: 0 })
    t.match(report.rows, [
      { row: 2, outcome: 'refused', errors: [{ path: '/candidate/fullName' }] },
      { row: 3, resultId: 'R-2', outcome: 'accepted', state: 'issued' },
      {
        row: 5,
        resultId: 'R-3',
        errors: [{ path: '/released', message: 'released must be true or false.' }],
      },
      { row: 6, state: 'held' },
    ])
    const kept = await blazon.tools.db.selectFrom('candidate').select('full_name').execute()
    t.ok(kept.some(({ full_name }) => full_name === 'Zhang, "Wei"'))
  },
)

t.test('the report is CSV where that is preferred, and no cell of it is a formula', async (t) => {
  const blazon = await start(t)
  const formulas = ['=HYPERLINK("x")', '+1', '-1', '@SUM(1)']
  const lines = formulas.map((resultId, index) =>
    passEvent({ resultId, candidate: person(`C-${index}`) }),
  )
  const accept = { accept: 'text/csv' }
  const { text, headers } = await send(blazon, 'application/x-ndjson', ndjson(lines), accept)
  t.match(headers['content-type'], /^text\/csv/)
  const rows = parse(text, { bom: true, columns: true }) as Record<string, string>[]
  t.same(
    rows.map(({ resultId }) => resultId),
    formulas.map((formula) => `'${formula}`),
  )
  t.match(rows[0], { row: '1', revision: '1', outcome: 'accepted', state: 'issued' })
  const json = await send(blazon, 'application/x-ndjson', ndjson(lines), {
    accept: 'application/json, text/csv;q=0.5',
  })
  t.match(json.headers['content-type'], /json/)
})

t.test('what cannot be kept for reasons of ours is told apart, and the rest goes on', async (t) => {
  const blazon = await start(t)
  await refuseResult(blazon.tools.db, 'R-1')
  const lines = ['R-1', 'R-2'].map((id) => passEvent({ resultId: id, candidate: person(id) }))
  const { text } = await send(blazon, 'application/x-ndjson', ndjson(lines))
  t.match(JSON.parse(text), {
    counts: { failed: 1, accepted: 1 },
    rows: [{ row: 1, outcome: 'failed', reason: /send this row again/ }, { outcome: 'accepted' }],
  })
  t.notMatch(text, /disk/)
})

t.test('while a large file is read, the clock still ticks, and no character is cut', async (t) => {
  const lines = Array.from({ length: 40_000 }, (_, at) => `${'张'.repeat(at % 7)},"𠮷 ""${at}""",x`)
  let ticks = 0
  const timer = setInterval(() => {
    ticks += 1
  }, 1)
  const { records } = await readTable(`a,b,c\n${lines.join('\n')}`)
  clearInterval(timer)
  t.ok(ticks > 3, `${ticks} ticks`)
  t.equal(records.length, lines.length)
  t.ok(
    records.every(
      ({ row, cells }, at) =>
        row === at + 2 && cells.a === '张'.repeat(at % 7) && cells.b === `𠮷 "${at}"`,
    ),
  )
})
