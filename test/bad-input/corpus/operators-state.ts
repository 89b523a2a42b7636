import { bodyMistakes, nothing, type Row } from '../row.ts'
import { noBadge, unknown } from './operators.ts'

/** Revocations and suspensions that cannot be. */
export const rows: Row[] = [
  {
    what: 'revoking without a class',
    method: 'POST',
    url: '/v1/badges/{public}/revoke',
    body: {},
    says: bodyMistakes({ '/class': 'class is missing.' }),
  },
  {
    what: 'revoking without a body',
    method: 'POST',
    url: '/v1/badges/{public}/revoke',
    says: bodyMistakes({ '/': 'the body must be an object.' }),
  },
  {
    what: 'revoking for conduct',
    method: 'POST',
    url: '/v1/badges/{public}/revoke',
    body: { class: 'conduct' },
    says: bodyMistakes({ '/class': 'class must be one of withdrawn, corrected, superseded.' }),
  },
  {
    what: 'revoking with a note of 2,001 characters',
    method: 'POST',
    url: '/v1/badges/{public}/revoke',
    body: { class: 'withdrawn', note: 'x'.repeat(2001) },
    says: bodyMistakes({ '/note': 'note is longer than 2000 characters.' }),
  },
  {
    what: 'revoking with NUL in the note',
    method: 'POST',
    url: '/v1/badges/{public}/revoke',
    body: { class: 'withdrawn', note: 'a\0b' },
    says: bodyMistakes({ '/note': 'note is not written as expected: Unicode text without NUL.' }),
  },
  {
    what: 'revoking with a lone surrogate in the note',
    method: 'POST',
    url: '/v1/badges/{public}/revoke',
    body: { class: 'withdrawn', note: 'a\ud800' },
    says: bodyMistakes({ '/note': 'note is not written as expected: Unicode text without NUL.' }),
  },
  {
    what: 'revoking an unknown badge',
    method: 'POST',
    url: `${unknown}/revoke`,
    body: { class: 'withdrawn' },
    says: noBadge,
  },
  {
    what: 'revoking again with another class',
    method: 'POST',
    url: '/v1/badges/{revoked}/revoke',
    body: { class: 'corrected' },
    says: [409, 'The badge was already revoked as withdrawn; that cannot be changed.'],
  },
  {
    what: 'suspending a revoked badge',
    method: 'POST',
    url: '/v1/badges/{revoked}/suspend',
    says: [
      409,
      'The badge is revoked, so it cannot be suspended. Send a new revision of its result to issue it again.',
    ],
  },
  {
    what: 'reinstating a revoked badge',
    method: 'POST',
    url: '/v1/badges/{revoked}/reinstate',
    says: [
      409,
      'The badge is revoked, so it cannot be reinstated. Send a new revision of its result to issue it again.',
    ],
  },
  { what: 'suspending an unknown badge', method: 'POST', url: `${unknown}/suspend`, says: noBadge },
  { what: 'reopening an unknown badge', method: 'POST', url: `${unknown}/reopen`, says: noBadge },
  {
    what: 'reopening with an answer of the candidate’s',
    method: 'POST',
    url: '/v1/badges/{public}/reopen',
    body: { answer: 'public' },
    says: bodyMistakes({ '/answer': 'answer is not a known field; remove it.' }),
  },
  {
    what: 'suspending with a class',
    method: 'POST',
    url: '/v1/badges/{public}/suspend',
    body: { class: 'withdrawn' },
    says: bodyMistakes({ '/class': 'class is not a known field; remove it.' }),
  },
  { what: 'suspending by GET', method: 'GET', url: '/v1/badges/{public}/suspend', says: nothing },
  {
    what: 'deleting a badge',
    method: 'DELETE',
    url: '/v1/badges/{public}',
    says: [404, 'Nothing takes DELETE at this address; see /docs.'],
  },
]
