import t from 'tap'
import type { ImportReport } from '../../schemas/import-report.ts'
import { passEvent, start, withAdapters } from '../help/start.ts'

const names =
  'Client Candidate ID,Registration ID,Exam Series Code,Exam Start,Exam End,Grade,Score,Status,Name On ID,Email Address,Site'
const row = (at: number, { id = `K-${at}`, result = `G${at}` } = {}) =>
  `${id},${result},NWP-C01,20-Nov-2026 09:00,20-Nov-2026 10:12,pass,812,RELEASED,Ann Lee,k${at}@example.com,50213`
const file = (...rows: string[]) => [names, ...rows, ''].join('\r\n')

type Sent = { payload: string; type?: string; url?: string }

async function send(
  { app, auth }: Awaited<ReturnType<typeof start>>,
  { payload, type = 'text/csv', url = '/v1/adapters/pearson-vue/files' }: Sent,
) {
  const headers = { ...auth, accept: 'application/json', 'content-type': type }
  const answer = await app.inject({ method: 'POST', url, headers, payload })
  return { text: answer.body, ...(answer.json() as ImportReport) }
}

const sentIds: [what: string, id: string, says: RegExp][] = [
  ['shortened', '4.1E+08', /spreadsheet shortened/],
  ['shortened, with zeros', '4.10E+08', /spreadsheet shortened/],
  ['shortened in Europe', '"4,1E+08"', /spreadsheet shortened/],
  ['shortened to one digit', '4E+08', /spreadsheet shortened/],
  ['shortened below one', '7E-05', /spreadsheet shortened/],
  ['too wide to show', '########', /in place of a value/],
  ['an error of a formula', '#N/A', /in place of a value/],
  ['a zero-width space', 'K\u200b1', /U\+200B/],
  ['a soft hyphen', 'K\u00ad1', /U\+00AD/],
  ['a mark of direction', '\u202eK1', /U\+202E/],
  ['a filler', 'K\u3164', /U\+3164/],
  ['a no-break space within', 'K\u00a01', /U\+00A0/],
]
for (const [what, id, says] of sentIds)
  t.test(`an id is refused with its reason: ${what}`, async (t) => {
    const blazon = await start(t, { settings: withAdapters })
    const payload = file(row(1, { id }), row(2, { result: id }), row(3))
    const { counts, text } = await send(blazon, { payload })
    t.match(counts, { accepted: 1, refused: 2 }, text)
    t.match(text, says)
    const { candidate } = passEvent()
    const bare = id.replaceAll('"', '')
    const lines = [
      JSON.stringify(passEvent({ resultId: bare })),
      JSON.stringify(passEvent({ candidate: { ...candidate, id: bare } })),
    ]
    const type = 'application/x-ndjson'
    const other = await send(blazon, { payload: lines.join('\n'), type, url: '/v1/exam-results' })
    t.match(other.counts, { refused: 2 }, other.text)
    t.match(other.text, says)
  })

t.test('two people whose ids were shortened alike get no badge', async (t) => {
  const blazon = await start(t, { settings: withAdapters })
  const ids = { id: '4.10E+08', result: '4.10E+08' }
  const { counts } = await send(blazon, { payload: file(row(1, ids), row(2, ids)) })
  t.match(counts, { accepted: 0, refused: 2 })
  t.same(await blazon.tools.db.selectFrom('badge').select('id').execute(), [])
})
