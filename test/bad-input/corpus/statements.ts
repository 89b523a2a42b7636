import type { Row } from '../row.ts'
import { noAdapter, noKey, noScope, read } from './adapters.ts'

const passed = read('xapi-passed.json')
const voided = read('xapi-voided.json')
const address = '/v1/adapters/xapi/xapi/statements'
const row = (what: string, body: Row['body'], says: Row['says'], more: Partial<Row> = {}): Row => ({
  what,
  method: 'POST',
  url: address,
  headers: { 'x-experience-api-version': '1.0.3' },
  ...(body !== undefined && { body }),
  says,
  ...more,
})
const wrong = (errors: Record<string, string>): Row['says'] => {
  const count = Object.keys(errors).length
  return [
    422,
    `The statements have ${count === 1 ? 'a mistake' : `${count} mistakes`}; nothing was kept.`,
    errors,
  ]
}
const noVersion: Row['says'] = [
  400,
  'Say which version it is: X-Experience-API-Version: 1.0.3 (any 1.0 will do, and 2.0.0).',
]
const notItsId: Row['says'] = [
  400,
  'Put one statement under its own id: ?statementId=, and in the body the same id or none.',
]
const put = (id: string): Partial<Row> => ({ method: 'PUT', url: `${address}?statementId=${id}` })
const noText = { toString: 1, valueOf: 1 }
const mbox = { name: 'Zhang Wei', mbox: 'mailto:zhang.wei@example.com' }
const basic = (text: string) => ({
  authorization: `Basic ${Buffer.from(text).toString('base64')}`,
  'x-experience-api-version': '1.0.3',
})

/** Statements that are none of ours, and none at all. */
export const rows: Row[] = [
  row('a statement from nobody', passed, noKey, { as: 'nobody' }),
  row('a wrong password', passed, noKey, { as: 'nobody', headers: basic('lms:hunter2') }),
  row('the key as the user', passed, noKey, { as: 'nobody', headers: basic('{key}:') }),
  row('Basic without a colon', passed, noKey, { as: 'nobody', headers: basic('x') }),
  row('a key without results:write', passed, noScope, { as: 'reads only' }),
  row('an adapter that is not there', passed, noAdapter, {
    url: '/v1/adapters/none/xapi/statements',
  }),
  row(
    'an adapter of another kind',
    passed,
    [404, 'This adapter takes no xAPI statements; its mapping file has no xapi.'],
    { url: '/v1/adapters/psi/xapi/statements' },
  ),
  row('a statement as a result', passed, [404, 'This adapter takes xAPI statements only.'], {
    method: 'PUT',
    url: `/v1/adapters/xapi/results/${passed.id}`,
  }),
  row('no version', passed, noVersion, { headers: {} }),
  row('version 0.95', passed, noVersion, { headers: { 'x-experience-api-version': '0.95' } }),
  row('no statement', '', [400, 'The body is empty; send a statement as JSON.']),
  row(
    'a batch of more than 1 MiB',
    [passed, ' '.repeat(1024 * 1024)],
    [
      413,
      'The body is larger than the 1048576 bytes that this address takes. Split it, and send the parts one after another.',
    ],
  ),
  row('a statement put without an id in the address', passed, notItsId, {
    method: 'PUT',
    url: address,
  }),
  row('a statement put under another id', passed, notItsId, put(voided.id)),
  row('a list put under an id', [passed], notItsId, put(passed.id)),
  row(
    'a statement put under no UUID',
    { ...passed, id: undefined },
    wrong({ '/id': 'id must be a UUID; give each statement its own.' }),
    put('R-1'),
  ),
  row('a statement put under two ids', passed, notItsId, put(`${passed.id}&statementId=x`)),
  row('a statement put with an id that is no text', { id: noText }, notItsId, put(passed.id)),
  row(
    'a voiding whose id is no text',
    { ...voided, id: noText },
    wrong({ '/id': 'id must be a UUID; give each statement its own.' }),
  ),
  row(
    'a list with every kind of mistake',
    [
      { ...passed, id: undefined },
      { ...passed, actor: mbox },
      {
        ...passed,
        actor: { ...passed.actor, account: { homePage: 'https://other.example', name: 'x' } },
        verb: { id: 'http://adlnet.gov/expapi/verbs/completed' },
        timestamp: '2026-11-20',
      },
      voided,
      { ...voided, object: { id: passed.id } },
      voided,
      null,
    ],
    wrong({
      '/0/id': 'id must be a UUID; give each statement its own.',
      '/1/candidate/id': 'id is missing. It is read from “/actor/account/name”.',
      '/2/actor/account/homePage':
        'homePage must be https://lms.example.com: this adapter knows no other accounts.',
      '/2/outcome':
        '“/verb/id” is “http://adlnet.gov/expapi/verbs/completed”; the mapping knows http://adlnet.gov/expapi/verbs/passed, http://adlnet.gov/expapi/verbs/failed.',
      '/2/endedAt': '“/timestamp” is no date and time with an offset, or is none that exists.',
      '/4/object': 'object must be a StatementRef with the id of the statement that is void.',
      '/5/id': 'id is used twice in the list.',
      '/6/id': 'id must be a UUID; give each statement its own.',
      '/6/outcome':
        '“/verb/id” is empty; the mapping knows http://adlnet.gov/expapi/verbs/passed, http://adlnet.gov/expapi/verbs/failed.',
      '/6/exam': 'exam is missing. It is read from “/object/id”.',
      '/6/candidate/id': 'id is missing. It is read from “/actor/account/name”.',
      '/6/candidate/fullName': 'fullName is missing. It is read from “/actor/name”.',
      '/6/candidate/email':
        'email is missing. It is read from “/context/extensions/https:~1~1lms.example.com~1xapi~1email”.',
    }),
  ),
]
