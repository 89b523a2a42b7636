import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'
import { pollResults } from '../../src/actions/intake/poll-results.ts'
import type { Database } from './databases.ts'
import { adaptersExample, passEvent, type Started, start } from './start.ts'
import { sampleResults, startVendor } from './vendor.ts'

/**
 * A pass. Ids are JSON as written: `"C-1"` is text, `12` a number. `who` is the word in the name and the address, and
 * `cell` is how CSV writes an id, by default in quotation marks.
 */
export type Pass = {
  resultId: string
  candidateId: string
  who: string
  cell?: (text: string) => string
}

/** Sends a pass, and returns the answer; undefined for a polled vendor. */
export type Way = (pass: Pass) => Promise<{ status: number; text: string }>

/** The ways in which ids with a text of their own arrive. The result of a statement has a UUID. */
export type WayName =
  | 'JSON'
  | 'NDJSON'
  | 'CSV'
  | 'an adapter'
  | 'a file of a vendor'
  | 'xAPI'
  | 'a polled feed'

/** Starts a Blazon that takes results in every way, and returns the ways. */
export async function startWithWays(
  t: Test,
  options: { database?: Database; keepOpen?: boolean } = {},
): Promise<{ blazon: Started; ways: Record<WayName, Way> }> {
  const vendor = await startVendor(t, 'certiverse')
  for (const name of ['psi.json', 'pearson-vue.json', 'xapi.json'])
    cpSync(join(adaptersExample, name), join(vendor.settings.ADAPTERS_DIR ?? '', name))
  const blazon = await start(t, { ...options, settings: vendor.settings })
  const own = (type: string, payload: string) => send(blazon, '/v1/exam-results', type, payload)
  const ways: Record<WayName, Way> = {
    JSON: (pass) => own('application/json', written(pass)),
    NDJSON: (pass) => own('application/x-ndjson', `${written(pass)}\r\n`),
    CSV: (pass) => own('text/csv', ownCsv(pass)),
    'an adapter': (pass) => put(blazon, pass),
    'a file of a vendor': (pass) =>
      send(blazon, '/v1/adapters/pearson-vue/files', 'text/csv', vendorCsv(pass)),
    xAPI: (pass) =>
      send(blazon, '/v1/adapters/xapi/xapi/statements', 'application/json', statement(pass)),
    'a polled feed': async (pass) => {
      const cursor = `c-${vendor.asked.length + 1}`
      vendor.instead.push((_request, response) =>
        response.end(`{"items":[${item(pass)}],"cursor":"${cursor}","hasMore":false}`),
      )
      await pollResults(blazon.tools, 'certiverse', { signal: new AbortController().signal })
      return { status: 200, text: '' }
    },
  }
  return { blazon, ways }
}

/** The sources under which results of each way are stored. */
export const sources: Record<WayName, string> = {
  JSON: 'webassessor',
  NDJSON: 'webassessor',
  CSV: 'webassessor',
  'an adapter': 'psi',
  'a file of a vendor': 'pearson-vue',
  xAPI: 'lms',
  'a polled feed': 'certiverse',
}

/** The stored ids of results that came in a way, in order. */
export async function idsOf({ tools: { db } }: Started, name: WayName) {
  const source = sources[name]
  const results = db.selectFrom('result').where('source', '=', source).select('result_id as id')
  const people = db
    .selectFrom('candidate')
    .where('source', '=', source)
    .select('candidate_id as id')
  const sorted = (rows: { id: string }[]) => rows.map(({ id }) => id).toSorted()
  return { results: sorted(await results.execute()), candidates: sorted(await people.execute()) }
}

async function send(
  { app, auth }: Started,
  url: string,
  type: string,
  payload: string,
  method: 'POST' | 'PUT' = 'POST',
) {
  const headers = {
    ...auth,
    accept: 'application/json',
    'content-type': type,
    'x-experience-api-version': '1.0.3',
  }
  const answer = await app.inject({ method, url, headers, payload })
  return { status: answer.statusCode, text: answer.body }
}

/** The name and address for a word. */
export const personOf = (who: string) => ({
  name: `Nia ${who}`,
  email: `${who}@example.org`,
})

/** A sample with other ids at the places marked `@…@`. */
const filled = (sample: object, { resultId, candidateId }: Pass) =>
  JSON.stringify(sample)
    .replace('"@result@"', () => resultId)
    .replace('"@candidate@"', () => candidateId)

/** Our message, without the fields that some ways lack. */
function message({ who }: Pick<Pass, 'who'>, resultId: string, candidateId: string) {
  const { name, email } = personOf(who)
  return {
    ...passEvent({ startedAt: '2026-11-20T01:00:00Z', endedAt: '2026-11-20T02:12:00Z' }),
    resultId,
    candidate: { id: candidateId, fullName: name, email },
  }
}

function written(pass: Pass): string {
  return filled(message(pass, '@result@', '@candidate@'), pass)
}

/** The text of a JSON value: a number as it is written. */
const textOf = (json: string) => (json.startsWith('"') ? String(JSON.parse(json)) : json)

/** A cell in quotation marks. */
export const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

function ownCsv(pass: Pass): string {
  const { cell = quoted } = pass
  const ids = [pass.resultId, pass.candidateId].map((json) => cell(textOf(json)))
  const { candidate, ...rest } = message(pass, ids[0] ?? '', ids[1] ?? '')
  const names = [...Object.keys(rest), ...Object.keys(candidate).map((name) => `candidate.${name}`)]
  const cells = [...Object.values(rest), ...Object.values(candidate)]
  return `${names.join(',')}\r\n${cells.join(',')}\r\n`
}

function vendorCsv({ resultId, candidateId, who, cell = quoted }: Pass): string {
  const [header] = sample('pearson-vue.csv').split(/\r?\n/, 1)
  const { name, email } = personOf(who)
  const at = ['NWP-C01', '20-Nov-2026 09:00', '20-Nov-2026 10:12', 'pass', '812', 'RELEASED']
  const ids = [cell(textOf(candidateId)), cell(textOf(resultId))]
  return `${header}\n${[...ids, ...at, name, email, '50213'].join(',')}\n`
}

const sample = (name: string) => readFileSync(join(adaptersExample, 'samples', name), 'utf8')

/** The address names the result: the text of an id, or the digits of a number. */
function put(blazon: Started, { resultId, candidateId, who }: Pass) {
  const { name, email } = personOf(who)
  const result = JSON.parse(sample('psi-result.json'))
  const body = { ...result, candidate: { candidateId: '@candidate@', nameOnId: name, email } }
  const url = `/v1/adapters/psi/results/${encodeURIComponent(textOf(resultId))}`
  return send(blazon, url, 'application/json', filled(body, { resultId, candidateId, who }), 'PUT')
}

function statement(pass: Pass): string {
  const { name, email } = personOf(pass.who)
  const passed = JSON.parse(sample('xapi-passed.json'))
  return filled(
    {
      ...passed,
      id: statementId(pass.who),
      actor: { ...passed.actor, name, account: { ...passed.actor.account, name: '@candidate@' } },
      context: {
        extensions: {
          ...passed.context.extensions,
          'https://lms.example.com/xapi/email': email,
        },
      },
    },
    pass,
  )
}

/** The id of the statement for a word. */
export function statementId(who: string): string {
  const digits = Buffer.from(who).toString('hex').padEnd(12, '0').slice(-12)
  return `6a1d3c1e-4d3b-4f0a-9a53-${digits}`
}

function item(pass: Pass): string {
  const [first = {}] = sampleResults('certiverse')
  const { name: legalName, email } = personOf(pass.who)
  return filled(
    { ...first, resultId: '@result@', examinee: { id: '@candidate@', legalName, email } },
    pass,
  )
}
