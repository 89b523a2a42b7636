import { mistakes, type Row } from '../row.ts'
import { event, line, raw } from './messages.ts'

/** Messages with one value that cannot be. */
export const rows: Row[] = [
  {
    what: 'a source in capitals',
    body: event({ source: 'WebAssessor' }),
    says: mistakes({
      '/source':
        'source is not written as expected: Lower-case letters, digits, dots and hyphens; at most 64.',
    }),
  },
  {
    what: 'a source that climbs',
    body: event({ source: '../etc' }),
    says: mistakes({
      '/source':
        'source is not written as expected: Lower-case letters, digits, dots and hyphens; at most 64.',
    }),
  },
  {
    what: 'a source with a line feed at its end',
    body: event({ source: 'webassessor\n' }),
    says: mistakes({
      '/source':
        'source is not written as expected: Lower-case letters, digits, dots and hyphens; at most 64.',
    }),
  },
  {
    what: 'an empty resultId',
    body: event({ resultId: '' }),
    says: mistakes({ '/resultId': 'resultId must not be empty.' }),
  },
  {
    what: 'a blank resultId',
    body: event({ resultId: ' \u3000\u00a0' }),
    says: mistakes({ '/resultId': `resultId ${line}` }),
  },
  {
    what: 'a resultId with NUL',
    body: event({ resultId: 'R\0' }),
    says: mistakes({ '/resultId': `resultId ${line}` }),
  },
  {
    what: 'a resultId of 129 characters',
    body: event({ resultId: 'R'.repeat(129) }),
    says: mistakes({ '/resultId': 'resultId is longer than 128 characters.' }),
  },
  {
    what: 'a lone surrogate in a resultId',
    body: event({ resultId: 'R\ud800' }),
    says: mistakes({ '/resultId': `resultId ${line}` }),
  },
  {
    what: 'a line feed in an exam code',
    body: event({ exam: 'PR00\n0001' }),
    says: mistakes({ '/exam': `exam ${line}` }),
  },
  {
    what: 'an exam code of 65 characters',
    body: event({ exam: 'P'.repeat(65) }),
    says: mistakes({ '/exam': 'exam is longer than 64 characters.' }),
  },
  {
    what: 'revision 0',
    body: event({ revision: 0 }),
    says: mistakes({ '/revision': 'revision must be 1 or more.' }),
  },
  {
    what: 'revision -1',
    body: event({ revision: -1 }),
    says: mistakes({ '/revision': 'revision must be 1 or more.' }),
  },
  {
    what: 'revision 1.5',
    body: event({ revision: 1.5 }),
    says: mistakes({ '/revision': 'revision must be a whole number.' }),
  },
  {
    what: 'revision 2147483648',
    body: event({ revision: 2147483648 }),
    says: mistakes({ '/revision': 'revision must be 2147483647 or less.' }),
  },
  {
    what: 'revision 1e400',
    body: raw('"revision":1e400'),
    says: mistakes({ '/revision': 'revision must be a whole number.' }),
  },
  {
    what: 'revision 9007199254740993',
    body: raw('"revision":9007199254740993'),
    says: mistakes({ '/revision': 'revision must be 2147483647 or less.' }),
  },
  {
    what: 'revision as text',
    body: event({ revision: '1' }),
    says: mistakes({ '/revision': 'revision must be a whole number.' }),
  },
  {
    what: 'an outcome that is not known',
    body: event({ outcome: 'PASS' }),
    says: mistakes({
      '/outcome':
        'outcome must be one of passed, failed, aborted, no-show, under-review, invalidated.',
    }),
  },
  {
    what: 'released as text',
    body: event({ released: 'yes' }),
    says: mistakes({ '/released': 'released must be true or false.' }),
  },
  {
    what: 'a score as a number',
    body: event({ score: 812 }),
    says: mistakes({ '/score': 'score must be a string.' }),
  },
  {
    what: 'a score of 33 characters',
    body: event({ score: '8'.repeat(33) }),
    says: mistakes({ '/score': 'score is longer than 32 characters.' }),
  },
]
