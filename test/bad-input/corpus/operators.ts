import type { Row } from '../row.ts'

/** What the operators' rows share: an id that no badge has, and the answers that come up again. */
export const unknown = '/v1/badges/00000000-0000-4000-8000-000000000000'
export const notJson: Row['says'] = [
  400,
  'The body is not JSON, or has a key such as __proto__ that is not taken.',
]
export const wrongLimit: Row['says'] = [
  422,
  'The address has a mistake.',
  { '/limit': 'limit is not written as expected: From 1 to 200; 50 by default.' },
]
export const noBadge: Row['says'] = [
  404,
  'There is no badge with the id 00000000-0000-4000-8000-000000000000.',
]
export const json = { 'content-type': 'application/json' }
