import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { inspectJson } from '../../schemas/inspect-json.ts'
import { readAdapters } from '../../src/actions/tools/read-adapters.ts'
import { mapRecord } from '../../src/adapters/map.ts'
import { bodyText } from '../../src/storage/results/results.ts'
import { adaptersExample, passEvent, type Started, start, withAdapters } from '../help/start.ts'

const sampleOf = (name: string) => readFileSync(join(adaptersExample, 'samples', name), 'utf8')
const psi = sampleOf('psi-result.json')
const passed = sampleOf('xapi-passed.json')

async function send({ app, auth }: Started, method: 'PUT' | 'POST', url: string, payload: string) {
  const answer = await app.inject({
    method,
    url,
    headers: { ...auth, 'content-type': 'application/json', 'x-experience-api-version': '1.0.3' },
    payload,
  })
  return { status: answer.statusCode, text: answer.body }
}

async function candidates({ tools }: Started) {
  const rows = await tools.db.selectFrom('result').select(bodyText).execute()
  return rows.map(({ body }) => JSON.parse(body).candidate.id).toSorted()
}

const ways: Record<
  string,
  (blazon: Started, id: string, at: number) => Promise<{ status: number; text: string }>
> = {
  'an adapter': (blazon, id, at) =>
    send(blazon, 'PUT', `/v1/adapters/psi/results/A-${at}`, psi.replace('"C-778"', id)),
  xAPI: (blazon, id, at) =>
    send(
      blazon,
      'POST',
      '/v1/adapters/xapi/xapi/statements',
      passed.replace('"C-778"', id).replace(/6a1d3c1e/, `6a1d3c1${at}`),
    ),
}

for (const [what, put] of Object.entries(ways)) {
  t.test(`numbers as ids lose no digit: ${what}`, async (t) => {
    const blazon = await start(t, { settings: withAdapters })
    const ids = ['90071992547409931', '90071992547409933', '123456789012345678901234567890', '7']
    for (const [at, id] of ids.entries()) t.match(await put(blazon, id, at), { status: /20[01]/ })
    t.same(await candidates(blazon), ids.toSorted())
  })

  t.test(`what is no exact text is no id: ${what}`, async (t) => {
    const blazon = await start(t, { settings: withAdapters })
    for (const id of [
      '1e21',
      '7.0',
      'true',
      'false',
      '-0',
      '1E2',
      '812.5',
      '-5',
      '[1]',
      '{"a":1}',
    ]) {
      const answer = await put(blazon, id, 1)
      t.equal(answer.status, 422, `${id}: ${answer.text}`)
      t.match(answer.text, /must be text/)
    }
    t.same(await candidates(blazon), [])
  })

  t.test(`an id has one spelling: ${what}`, async (t) => {
    const blazon = await start(t, { settings: withAdapters })
    const ids = ['ZÉ', 'ZÉ ', '\u00a0ZÉ', 'ZE\u0301', '\tZÉ\n', '\u3000ZÉ']
    for (const [at, id] of ids.entries())
      t.match(await put(blazon, JSON.stringify(id), at), { status: /20[012]/ })
    t.same(new Set(await candidates(blazon)), new Set(['ZÉ']))
    t.match(await put(blazon, '"Z\\u200b"', 9), { status: 422, text: /U\+200B/ })
  })
}

t.test('the table of exams knows a code in any spelling', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'blazon-exams-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const mapping = JSON.parse(readFileSync(join(adaptersExample, 'psi.json'), 'utf8'))
  const codes = ['Prüfung-1', 'Pru\u0308fung-1', ' Prüfung-1\u00a0']
  for (const code of codes) {
    const exams = { [code]: 'PR000001' }
    writeFileSync(join(folder, 'psi.json'), JSON.stringify({ ...mapping, exams }))
    const adapters = await readAdapters({ adaptersDir: folder, adapterTokens: new Map() })
    const read = adapters.get('psi')?.mapping ?? mapping
    for (const testCode of codes) {
      const given = { row: 1, now: '2026-11-22T04:00:00Z', resultId: 'R-1' }
      const { message } = mapRecord(read, { ...JSON.parse(psi), testCode }, given)
      t.equal(message?.exam, 'PR000001', JSON.stringify([code, testCode]))
    }
  }
})

t.test('an id has one spelling in JSON, NDJSON and CSV of our own', async (t) => {
  const blazon = await start(t)
  const { candidate, ...rest } = passEvent()
  const spelt = [' ZC', 'ZC\u00a0', 'ZC']
  for (const id of spelt)
    await send(
      blazon,
      'POST',
      '/v1/exam-results',
      JSON.stringify({ ...rest, resultId: `${id} `, candidate: { ...candidate, id } }),
    )
  t.same(await candidates(blazon), ['ZC'], 'and so has that of the result')
})

t.test('a key twice is refused with its place, at any depth', async (t) => {
  const blazon = await start(t, { settings: withAdapters })
  const message = JSON.stringify(passEvent())
  const twice = message.replace('"candidate":{', '"candidate":{"i\\u0064":"C-0",')
  for (const [method, url, payload, path] of [
    ['POST', '/v1/exam-results', twice, '/candidate/id'],
    [
      'POST',
      '/v1/exam-results',
      message.replace('{', '{"__proto__":1,"__proto__":2,'),
      '/__proto__',
    ],
    [
      'PUT',
      '/v1/adapters/psi/results/A-1',
      psi.replace('"candidate": {', '"candidate": {"nameOnId": "x",'),
      '/candidate/nameOnId',
    ],
    [
      'POST',
      '/v1/adapters/xapi/xapi/statements',
      `[${passed.replace('"account": {', '"account": {"name": "x",')}]`,
      '/0/actor/account/name',
    ],
  ] as const) {
    const answer = await send(blazon, method, url, payload)
    t.equal(answer.status, 422, answer.text)
    t.match(JSON.parse(answer.text).errors, [{ path, message: /twice/ }])
  }
  const { app, auth } = blazon
  const headers = { accept: 'application/json', ...auth, 'content-type': 'application/x-ndjson' }
  const payload = `${twice}\n${message}`
  const many = await app.inject({ method: 'POST', url: '/v1/exam-results', headers, payload })
  t.match(many.json(), { counts: { accepted: 1, refused: 1 } })
})

t.test('a presented file with a key twice is refused for that', async (t) => {
  const { app } = await start(t)
  for (const payload of [
    '{"type":"Assertion","type":"Assertion"}',
    `${Buffer.from('{"alg":"RS256","alg":"none"}').toString('base64url')}.${Buffer.from('{"type":["VerifiableCredential"]}').toString('base64url')}.AA`,
    `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.${Buffer.from('{"type":["VerifiableCredential"],"a":{"b":1,"b":1}}').toString('base64url')}.AA`,
  ]) {
    const headers = { 'content-type': 'text/plain' }
    const answer = await app.inject({ method: 'POST', url: '/v1/verify', headers, payload })
    t.match(answer.body, /twice in one object/)
    t.match(answer.body, /"invalid"/)
  }
})

t.test('keys that come twice are found wherever they are, and no others', async (t) => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      t.same(inspectJson(JSON.stringify(value)).repeated, [])
      t.same(inspectJson(`{"a":[0,{"x~/y":${JSON.stringify(value)},"x~/y":1}]}`).repeated, [
        '/a/1/x~0~1y',
      ])
    }),
    { numRuns: 300 },
  )
})
