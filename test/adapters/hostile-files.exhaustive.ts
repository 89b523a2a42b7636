import t from 'tap'
import { type Started, start, withAdapters } from '../help/start.ts'

const limit = 10 * 1024 * 1024
const header =
  'source,resultId,revision,exam,outcome,score,endedAt,released,candidate.id,candidate.fullName,candidate.email'
const row = (cells: Partial<Record<string, string>>) =>
  header
    .split(',')
    .map((name) => cells[name] ?? 'x')
    .join(',')

async function send(
  { app, auth }: Started,
  payload: string,
  { type = 'text/csv', url = '/v1/exam-results' } = {},
) {
  const answer = await app.inject({
    method: 'POST',
    url,
    headers: { accept: 'application/json', ...auth, 'content-type': type },
    payload,
  })
  const { statusCode: status, body } = answer
  return { status, body }
}

const fill = (before: string, one: string, after = '') =>
  before + one.repeat(Math.floor((limit - before.length - after.length) / one.length)) + after

const names = Array.from({ length: 10_000 }, (_, at) => `column ${at}`).join(',')
const many: string[] = []
for (let at = 0, size = 0; size < limit - 8; at += 1) {
  const name = at.toString(36)
  size += name.length + 1
  many.push(name)
}

const files: Record<string, string> = {
  'a million columns': many.join(','),
  'a million columns of one name': fill('', 'a,', 'b'),
  'ten thousand columns, and rows of one cell': `${names}${'\nx'.repeat(10_000)}`,
}

for (const url of ['/v1/exam-results', '/v1/adapters/pearson-vue/files'])
  for (const [what, file] of Object.entries(files))
    t.test(`${what}: refused at ${url}, in a few words`, async (t) => {
      const blazon = await start(t, { settings: withAdapters })
      const { status, body } = await send(blazon, file, { url })
      t.equal(status, 400)
      t.match(body, /more than 500 columns/)
      t.ok(body.length < 1000, `${body.length} characters`)
    })

const long = {
  letters: 'a',
  spaces: ' ',
  'letters and at signs': 'a@',
  times: '2026-11-22T10:12:00',
}
for (const [what, one] of Object.entries(long))
  for (const name of ['candidate.fullName', 'candidate.email', 'endedAt', 'resultId'])
    t.test(
      `10 MiB of ${what} for ${name} are a mistake of the row, told in few words`,
      async (t) => {
        const blazon = await start(t)
        const [before = '', after] = row({ [name]: '{' }).split('{')
        const file = fill(`${header}\n${before}`, one, after)
        const { status, body } = await send(blazon, file)
        t.equal(status, 200)
        t.match(JSON.parse(body), { counts: { refused: 1 } })
        t.ok(body.length < 2000, `${body.length} characters`)
      },
    )

t.test('NDJSON of brackets in brackets is a mistake of its line', async (t) => {
  const blazon = await start(t)
  const type = 'application/x-ndjson'
  const half = limit / 2 - 100
  for (const line of ['['.repeat(half * 2), '['.repeat(half) + ']'.repeat(half)]) {
    const { status, body } = await send(blazon, line, { type })
    t.equal(status, 200)
    t.match(JSON.parse(body), { counts: { refused: 1 } })
  }
})
