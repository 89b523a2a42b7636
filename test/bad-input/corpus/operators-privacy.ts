import { bodyMistakes, type Row } from '../row.ts'

const unknown = '/v1/badges/00000000-0000-4000-8000-000000000000'
const notJson: Row['says'] = [
  400,
  'The body is not JSON, or has a key such as __proto__ that is not taken.',
]
const _wrongLimit: Row['says'] = [
  422,
  'The address has a mistake.',
  { '/limit': 'limit is not written as expected: From 1 to 200; 50 by default.' },
]
const noBadge: Row['says'] = [
  404,
  'There is no badge with the id 00000000-0000-4000-8000-000000000000.',
]
const json = { 'content-type': 'application/json' }

/** Changes of privacy that cannot be. */
export const rows: Row[] = [
  {
    what: 'privacy for nobody',
    as: 'nobody',
    method: 'PUT',
    url: '/v1/badges/{public}/privacy',
    body: { visibility: 'private' },
    says: [
      401,
      'Send a valid API key: Authorization: Bearer blazon_… (made with: npm run api-key -- create).',
    ],
  },
  {
    what: 'privacy without badges:write',
    as: 'reads only',
    method: 'PUT',
    url: '/v1/badges/{public}/privacy',
    body: { visibility: 'private' },
    says: [403, 'This API key has not the scope badges:write; make one that has.'],
  },
  {
    what: 'privacy of an unknown badge',
    method: 'PUT',
    url: `${unknown}/privacy`,
    body: { visibility: 'private' },
    says: noBadge,
  },
  {
    what: 'privacy without a body',
    method: 'PUT',
    url: '/v1/badges/{public}/privacy',
    says: bodyMistakes({ '/': 'the body must be an object.' }),
  },
  {
    what: 'privacy with an empty body',
    method: 'PUT',
    url: '/v1/badges/{public}/privacy',
    headers: json,
    body: '',
    says: [400, 'The body is empty; send JSON.'],
  },
  {
    what: 'privacy with broken JSON',
    method: 'PUT',
    url: '/v1/badges/{public}/privacy',
    headers: json,
    body: '{"visibility":',
    says: notJson,
  },
  {
    what: 'privacy with __proto__',
    method: 'PUT',
    url: '/v1/badges/{public}/privacy',
    headers: json,
    body: '{"__proto__":{"visibility":"public"}}',
    says: notJson,
  },
  {
    what: 'privacy with constructor.prototype',
    method: 'PUT',
    url: '/v1/badges/{public}/privacy',
    headers: json,
    body: '{"constructor":{"prototype":{}}}',
    says: notJson,
  },
  {
    what: 'privacy null',
    method: 'PUT',
    url: '/v1/badges/{public}/privacy',
    headers: json,
    body: 'null',
    says: bodyMistakes({ '/': 'the body must be an object.' }),
  },
  {
    what: 'privacy as an array',
    method: 'PUT',
    url: '/v1/badges/{public}/privacy',
    body: [],
    says: bodyMistakes({ '/': 'the body must be an object.' }),
  },
  {
    what: 'privacy that changes nothing',
    method: 'PUT',
    url: '/v1/badges/{public}/privacy',
    body: {},
    says: bodyMistakes({ '/': 'the body must name at least one field.' }),
  },
  {
    what: 'privacy with every value wrong',
    method: 'PUT',
    url: '/v1/badges/{public}/privacy',
    body: {
      visibility: 'secret',
      nameDisplay: 1,
      discoverable: 'on',
      showExpired: null,
      handle: 'x',
    },
    says: bodyMistakes({
      '/handle': 'handle is not a known field; remove it.',
      '/visibility': 'visibility must be one of private, link, public.',
      '/nameDisplay': 'nameDisplay must be one of full, initials, hidden.',
      '/discoverable': 'discoverable must be true or false.',
      '/showExpired': 'showExpired must be true or false.',
    }),
  },
  {
    what: 'privacy as a form',
    method: 'PUT',
    url: '/v1/badges/{public}/privacy',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'visibility=private',
    says: [415, 'This content type is not taken here; see /docs for the ones that are.'],
  },
  {
    what: 'privacy with bytes that are not UTF-8',
    method: 'PUT',
    url: '/v1/badges/{public}/privacy',
    headers: json,
    body: Buffer.from([0x7b, 0xff, 0x7d]),
    says: notJson,
  },
  {
    what: 'a change of more than 1 MiB',
    method: 'PUT',
    url: '/v1/badges/{public}/privacy',
    headers: json,
    body: ' '.repeat(1_048_577),
    says: [413, 'The body is larger than the 1048576 bytes that this address takes.'],
  },
]
