import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { adaptersExample } from '../../help/start.ts'
import type { Row } from '../row.ts'

export const read = (name: string) =>
  JSON.parse(readFileSync(join(adaptersExample, 'samples', name), 'utf8'))
const sample = read('psi-result.json')
const put = (what: string, body: Row['body'], says: Row['says'], more: Partial<Row> = {}): Row => ({
  what,
  method: 'PUT',
  url: '/v1/adapters/psi/results/R-never',
  ...(body !== undefined && { body }),
  says,
  ...more,
})
const file = (
  what: string,
  body: Row['body'],
  says: Row['says'],
  more: Partial<Row> = {},
): Row => ({
  what,
  method: 'POST',
  url: '/v1/adapters/pearson-vue/files',
  headers: { 'content-type': 'text/csv' },
  ...(body !== undefined && { body }),
  says,
  ...more,
})
export const noKey: Row['says'] = [
  401,
  'Send a valid API key: Authorization: Bearer blazon_… (made with: npm run api-key -- create).',
]
export const noScope: Row['says'] = [
  403,
  'This API key lacks the scope results:write; make one that has it.',
]
export const noAdapter: Row['says'] = [
  404,
  'There is no adapter of this name; its mapping file would be in ADAPTERS_DIR.',
]

/** What vendors send wrongly to their own doors. */
export const rows: Row[] = [
  put('a result from nobody', sample, noKey, { as: 'nobody' }),
  put('a result from a key without results:write', sample, noScope, { as: 'reads only' }),
  put('a result for an adapter that is not there', sample, noAdapter, {
    url: '/v1/adapters/prometric/results/R-never',
  }),
  put('a result for an adapter by an inherited name', sample, noAdapter, {
    url: '/v1/adapters/__proto__/results/R-never',
  }),
  put('no result', '', [400, 'The body is empty; send one result as JSON.']),
  put('half of a result', '{"testCode":', [
    400,
    'The body is not JSON: Unexpected end of JSON input.',
  ]),
  put('a result as CSV', 'a,b', [415, 'This address takes application/json.'], {
    headers: { 'content-type': 'text/csv' },
  }),
  put('a result of 65 KiB', { ...sample, note: ' '.repeat(65536) }, [
    413,
    'The body is larger than the 65536 bytes that this address takes.',
  ]),
  put(
    'every kind of mistake',
    {
      testCode: { code: 'NW-PRAC-01' },
      result: 'MAYBE',
      score: 'x'.repeat(33),
      startTime: '2026-11-20T09:00:00',
      endTime: 'yesterday',
      candidate: { nameOnId: ' ', email: 'zhang.wei', language: '中文' },
    },
    [
      422,
      'The result has 9 mistakes; nothing was kept.',
      {
        '/exam': '“/testCode” must be text, or a whole number that is written in full.',
        '/outcome': '“/result” is “MAYBE”; the mapping knows PASS, FAIL, NA.',
        '/startedAt': '“/startTime” is no date and time with an offset, or is none that exists.',
        '/endedAt': '“/endTime” is no date and time with an offset, or is none that exists.',
        '/score': 'score is longer than 32 characters. It is read from “/score”.',
        '/candidate/id': 'id is missing. It is read from “/candidate/candidateId”.',
        '/candidate/fullName': 'fullName is missing. It is read from “/candidate/nameOnId”.',
        '/candidate/email': 'email has no @. It is read from “/candidate/email”.',
        '/candidate/locale':
          'locale is not written as expected: A language tag, such as zh-CN. It is read from “/candidate/language”.',
      },
    ],
  ),
  put(
    'a mailto: for an address',
    { ...sample, candidate: { ...sample.candidate, email: 'mailto:zhang.wei@example.com' } },
    [
      422,
      'The result has a mistake; nothing was kept.',
      {
        '/candidate/email':
          'email begins with mailto:; send the address alone. It is read from “/candidate/email”.',
      },
    ],
  ),
  put(
    'a list instead of a result',
    [],
    [
      422,
      'The body is a JSON array, and this address takes one result: put each under its own id.',
      { '/': 'the body must be an object.' },
    ],
  ),
  put(
    'a result id of 129 characters',
    sample,
    [
      422,
      'The result has a mistake; nothing was kept.',
      { '/resultId': 'resultId is longer than 128 characters.' },
    ],
    { url: `/v1/adapters/psi/results/${'a'.repeat(129)}` },
  ),
  file('a file from nobody', 'x', noKey, { as: 'nobody' }),
  file('a file for an adapter that is not there', 'x', noAdapter, {
    url: '/v1/adapters/prometric/files',
  }),
  file('an empty file', '', [400, 'The body is empty; send a header and a row for each result.']),
  file('a file as JSON', '{}', [415, 'This address takes text/csv.'], {
    headers: { 'content-type': 'application/json' },
  }),
  file(
    'a file for an adapter that reads no file',
    'Grade\nPASS\n',
    [
      422,
      'The header has 11 mistakes; nothing was kept.',
      {
        ...Object.fromEntries(
          [
            ['testCode', 'exam'],
            ['result', 'outcome'],
            ['score', 'score'],
            ['startTime', 'startedAt'],
            ['endTime', 'endedAt'],
            ['deliveryMode', 'delivery'],
            ['candidate/candidateId', 'candidate.id'],
            ['candidate/nameOnId', 'candidate.fullName'],
            ['candidate/email', 'candidate.email'],
            ['candidate/language', 'candidate.locale'],
          ].map(([place = '', name]) => [
            `/columns/~1${place.replace('/', '~1')}`,
            `The column /${place} is missing; ${name} is read from it.`,
          ]),
        ),
        '/fields/resultId':
          'The mapping does not say which column has the resultId; add it to its fields.',
      },
    ],
    { url: '/v1/adapters/psi/files' },
  ),
]
