import { nothing, type Row } from '../row.ts'
import { noBadge, unknown, wrongLimit } from './operators.ts'

/** What operators ask for by mistake. */
export const rows: Row[] = [
  {
    what: 'a list for nobody',
    as: 'nobody',
    url: '/v1/badges',
    says: [
      401,
      'Send a valid API key: Authorization: Bearer blazon_… (made with: npm run api-key -- create).',
    ],
  },
  {
    what: 'a list without badges:read',
    as: 'results only',
    url: '/v1/badges',
    says: [403, 'This API key lacks the scope badges:read; make one that has it.'],
  },
  { what: 'a list of 0', url: '/v1/badges?limit=0', says: wrongLimit },
  { what: 'a list of 201', url: '/v1/badges?limit=201', says: wrongLimit },
  { what: 'a list of -1', url: '/v1/badges?limit=-1', says: wrongLimit },
  { what: 'a list of 1e1', url: '/v1/badges?limit=1e1', says: wrongLimit },
  {
    what: 'two limits',
    url: '/v1/badges?limit=1&limit=2',
    says: [422, 'The address has a mistake.', { '/limit': 'limit must be a string.' }],
  },
  { what: 'an empty limit', url: '/v1/badges?limit=', says: wrongLimit },
  {
    what: 'an after that is no id',
    url: "/v1/badges?after='--",
    says: [422, 'The address has a mistake.', { '/after': 'after must be a valid uuid.' }],
  },
  {
    what: 'an unknown question',
    url: '/v1/badges?page=2&limit=x',
    says: [
      422,
      'The address has 2 mistakes.',
      {
        '/page': 'page is not a known field; remove it.',
        '/limit': 'limit is not written as expected: From 1 to 200; 50 by default.',
      },
    ],
  },
  {
    what: 'a question named __proto__',
    url: '/v1/badges?__proto__=1',
    says: [
      422,
      'The address has a mistake.',
      { '/__proto__': '__proto__ is not a known field; remove it.' },
    ],
  },
  {
    what: 'an id that is none',
    url: '/v1/badges/42',
    says: [422, 'The address has a mistake.', { '/id': 'id must be a valid uuid.' }],
  },
  {
    what: 'an id with a quote',
    url: "/v1/badges/'%20or%201=1",
    says: [422, 'The address has a mistake.', { '/id': 'id must be a valid uuid.' }],
  },
  {
    what: 'an id with NUL',
    url: '/v1/badges/%00',
    says: [422, 'The address has a mistake.', { '/id': 'id must be a valid uuid.' }],
  },
  { what: 'an unknown id', url: unknown, says: noBadge },
  {
    what: 'an unknown id in capitals',
    url: unknown.toUpperCase().replace('V1/BADGES', 'v1/badges'),
    says: noBadge,
  },
  {
    what: 'a look without badges:read',
    as: 'results only',
    url: '/v1/badges/{public}',
    says: [403, 'This API key lacks the scope badges:read; make one that has it.'],
  },
  { what: 'an id of 300 characters', url: `/v1/badges/${'a'.repeat(300)}`, says: nothing },
]
