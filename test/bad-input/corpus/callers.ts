import { passEvent } from '../../help/start.ts'
import { nothing, type Row } from '../row.ts'

const body = passEvent({ resultId: 'R-never' })
const text = JSON.stringify(body)
const noKey: Row['says'] = [
  401,
  'Send a valid API key: Authorization: Bearer blazon_… (made with: npm run api-key -- create).',
]
const wrongType: Row['says'] = [
  415,
  'This content type is not taken here; see /docs for the ones that are.',
]
const bearer = (token: string) => ({ authorization: token })

/** Callers that may not, and bodies that do not say what they are. */
export const rows: Row[] = [
  { what: 'no Authorization', as: 'nobody', body, says: noKey },
  { what: 'an empty Authorization', as: 'nobody', headers: bearer(''), body, says: noKey },
  { what: 'Bearer without a key', as: 'nobody', headers: bearer('Bearer '), body, says: noKey },
  {
    what: 'a key without Bearer',
    as: 'nobody',
    headers: bearer('blazon_0123456789ab_0'),
    body,
    says: noKey,
  },
  { what: 'Basic credentials', as: 'nobody', headers: bearer('Basic YTpi'), body, says: noKey },
  {
    what: 'a key of another make',
    as: 'nobody',
    headers: bearer('Bearer sk_live_1'),
    body,
    says: noKey,
  },
  {
    what: 'a key nobody has',
    as: 'nobody',
    headers: bearer(`Bearer blazon_0123456789ab_${'0'.repeat(64)}`),
    body,
    says: noKey,
  },
  {
    what: 'a key with an id like SQL',
    as: 'nobody',
    headers: bearer(`Bearer blazon_' or 1=1 --_0`),
    body,
    says: noKey,
  },
  {
    what: 'a key of 10,000 characters',
    as: 'nobody',
    headers: bearer(`Bearer blazon_0123456789ab_${'a'.repeat(10_000)}`),
    body,
    says: noKey,
  },
  {
    what: 'a key with bytes beyond ASCII',
    as: 'nobody',
    headers: bearer('Bearer blazon_ÿþ'),
    body,
    says: noKey,
  },
  {
    what: 'a right key and more after it',
    as: 'nobody',
    headers: bearer('Bearer {key} {key}'),
    body,
    says: noKey,
  },
  {
    what: 'a right key cut by one character',
    as: 'nobody',
    headers: bearer('Bearer {cut key}'),
    body,
    says: noKey,
  },
  {
    what: 'a key without results:write',
    as: 'reads only',
    body,
    says: [403, 'This API key lacks the scope results:write; make one that has it.'],
  },
  { what: 'a wrong body from nobody', as: 'nobody', body: 'nonsense', says: noKey },
  { what: 'text/plain', headers: { 'content-type': 'text/plain' }, body: text, says: wrongType },
  { what: 'text/json', headers: { 'content-type': 'text/json' }, body: text, says: wrongType },
  {
    what: 'a form type',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: text,
    says: wrongType,
  },
  {
    what: 'a multipart type',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    body: text,
    says: wrongType,
  },
  {
    what: 'a content type that is garbage',
    headers: { 'content-type': ';;;' },
    body: text,
    says: wrongType,
  },
  {
    what: 'another charset',
    headers: { 'content-type': 'application/json; charset=utf-16' },
    body: Buffer.from(text, 'utf16le'),
    says: [
      400,
      "The body is not JSON: Expected property name or '}' in JSON at position 1 (line 1 column 2).",
    ],
  },
  {
    what: 'a gzipped body',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: Buffer.from('1f8b0800000000000003ab0500', 'hex'),
    says: [
      415,
      'Compressed bodies are not taken; send the body as it is, without Content-Encoding.',
    ],
  },
  {
    what: 'plain JSON that says it is gzipped',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: text,
    says: [
      415,
      'Compressed bodies are not taken; send the body as it is, without Content-Encoding.',
    ],
  },
  {
    what: 'a message by PUT',
    method: 'PUT',
    body,
    says: [404, 'Nothing takes PUT at this address; see /docs.'],
  },
  { what: 'a GET of the door', method: 'GET', says: nothing },
]
