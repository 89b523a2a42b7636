import { passEvent } from '../../help/start.ts'
import { mistakes, type Row } from '../row.ts'

const text = JSON.stringify(passEvent())
const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)))

const isArray: Row['says'] = [
  422,
  'The body is a JSON array, and this address takes one message: send many as NDJSON, one a line, or as CSV.',
  { '/': 'the body must be an object.' },
]

/** Bodies that are no message at all, and bytes that are not what they say. */
export const rows: Row[] = [
  { what: 'an empty body', body: '', says: [400, 'The body is empty; send one message as JSON.'] },
  {
    what: 'spaces only',
    body: '   \n',
    says: [400, 'The body is not JSON: Unexpected end of JSON input.'],
  },
  {
    what: 'a NUL alone',
    body: '\0',
    says: [400, 'The body is not JSON: Unexpected token \'\u0000\', "\u0000" is not valid JSON.'],
  },
  {
    what: 'half of a message',
    body: text.slice(0, 100),
    says: [
      400,
      "The body is not JSON: Expected ',' or '}' after property value in JSON at position 100 (line 1 column 101).",
    ],
  },
  {
    what: 'two messages, one after the other',
    body: text + text,
    says: [
      400,
      'The body is not JSON: Unexpected non-whitespace character after JSON at position 325 (line 1 column 326).',
    ],
  },
  {
    what: 'a message with a trailing comma',
    body: text.replace(/}$/, ',}'),
    says: [
      400,
      'The body is not JSON: Expected double-quoted property name in JSON at position 325 (line 1 column 326).',
    ],
  },
  {
    what: 'single quotes',
    body: text.replaceAll('"', "'"),
    says: [
      400,
      "The body is not JSON: Expected property name or '}' in JSON at position 1 (line 1 column 2).",
    ],
  },
  {
    what: 'NaN as a number',
    body: text.replace('"revision":1', '"revision":NaN'),
    says: [
      400,
      'The body is not JSON: Unexpected token \'N\', ..."revision":NaN,"exam""... is not valid JSON.',
    ],
  },
  {
    what: 'a number with a leading zero',
    body: text.replace('"revision":1', '"revision":01'),
    says: [
      400,
      'The body is not JSON: Unexpected number in JSON at position 63 (line 1 column 64).',
    ],
  },
  {
    what: 'a raw line feed inside a string',
    body: text.replace('812', '8\n12'),
    says: [
      400,
      'The body is not JSON: Bad control character in string literal in JSON at position 111 (line 1 column 112).',
    ],
  },
  {
    what: 'bytes that are not UTF-8',
    body: bytes(text.slice(0, -1), ',"form":"', [0xff, 0xfe], '"}'),
    says: [400, 'The body is not UTF-8.'],
  },
  {
    what: 'a surrogate written in UTF-8',
    body: bytes(text.slice(0, -1), ',"form":"', [0xed, 0xa0, 0x80], '"}'),
    says: [400, 'The body is not UTF-8.'],
  },
  {
    what: 'an overlong UTF-8 sequence',
    body: bytes(text.slice(0, -1), ',"form":"', [0xc0, 0xaf], '"}'),
    says: [400, 'The body is not UTF-8.'],
  },
  {
    what: 'a message in UTF-16',
    body: Buffer.from(text, 'utf16le'),
    says: [
      400,
      "The body is not JSON: Expected property name or '}' in JSON at position 1 (line 1 column 2).",
    ],
  },
  {
    what: 'XML',
    body: '<result id="R-1"/>',
    says: [
      400,
      'The body is not JSON: Unexpected token \'<\', "<result id="R-1"/>" is not valid JSON.',
    ],
  },
  {
    what: 'a form',
    body: 'resultId=R-1&revision=1',
    says: [400, 'The body is not JSON: Unexpected token \'r\', "resultId=R"... is not valid JSON.'],
  },
  {
    what: 'an array of messages',
    body: `[${text}]`,
    says: isArray,
  },
  { what: 'an empty array', body: '[]', says: isArray },
  { what: 'null', body: 'null', says: mistakes({ '/': 'the body must be an object.' }) },
  { what: 'true', body: 'true', says: mistakes({ '/': 'the body must be an object.' }) },
  { what: 'a string', body: '"passed"', says: mistakes({ '/': 'the body must be an object.' }) },
  { what: 'a number', body: '1e400', says: mistakes({ '/': 'the body must be an object.' }) },
  {
    what: 'arrays nested 30,000 deep',
    body: '['.repeat(30_000) + ']'.repeat(30_000),
    says: isArray,
  },
  {
    what: 'objects nested 10,000 deep in a field',
    body: text.replace('"812"', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`),
    says: mistakes({ '/score': 'score must be a string.' }),
  },
  {
    what: 'a body of 64 KiB and one byte',
    body: ' '.repeat(65_536 - text.length + 1) + text,
    says: [413, 'The body is larger than the 65536 bytes that this address takes.'],
  },
  {
    what: 'an empty object',
    body: '{}',
    says: mistakes({
      '/source': 'source is missing.',
      '/resultId': 'resultId is missing.',
      '/revision': 'revision is missing.',
      '/exam': 'exam is missing.',
      '/outcome': 'outcome is missing.',
      '/released': 'released is missing.',
      '/candidate': 'candidate is missing.',
    }),
  },
]
