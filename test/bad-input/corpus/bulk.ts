import { passEvent } from '../../help/start.ts'
import type { Row } from '../row.ts'

const csv = { 'content-type': 'text/csv' }
const ndjson = { 'content-type': 'application/x-ndjson' }
const header =
  'source,resultId,revision,exam,outcome,released,candidate.id,candidate.fullName,candidate.email'
const line = JSON.stringify(passEvent({ resultId: 'R-never' }))

/** Files that cannot be read as a whole: nothing of them is kept. */
export const rows: Row[] = [
  {
    what: 'an empty CSV',
    headers: csv,
    body: '',
    says: [400, 'The body is empty; send a header and a row for each result.'],
  },
  {
    what: 'an empty NDJSON',
    headers: ndjson,
    body: '',
    says: [400, 'The body is empty; send one message a line.'],
  },
  {
    what: 'NDJSON of blank lines',
    headers: ndjson,
    body: '\n \r\n',
    says: [400, 'The body has no rows; nothing was kept.'],
  },
  {
    what: 'a header alone',
    headers: csv,
    body: `${header}\n`,
    says: [400, 'The body has no rows; nothing was kept.'],
  },
  {
    what: 'a header with every kind of mistake',
    headers: csv,
    body: `${header.replace('exam,', 'Exam,').replace('outcome,', 'source,')},a/b,__proto__\n1`,
    says: [
      422,
      'The header has 4 mistakes; nothing was kept.',
      {
        '/columns/a~1b': 'a/b is not a known column; remove it.',
        '/columns/__proto__': '__proto__ is not a known column; remove it.',
        '/columns/source': 'source is there twice.',
        '/columns/outcome': 'The column outcome is missing.',
      },
    ],
  },
  {
    what: 'CSV that is not UTF-8',
    headers: csv,
    body: Buffer.concat([Buffer.from(`${header}\n`), Buffer.from([0xd5, 0xc5, 0xce, 0xb0])]),
    says: [
      400,
      'The body is not UTF-8; it looks like GB18030: save it as “CSV UTF-8”, or name its encoding (--encoding gb18030, “encoding” of the mapping file, or charset= of the content type).',
    ],
  },
  {
    what: 'a signed file larger than 10 MiB',
    as: 'nobody',
    headers: {
      ...ndjson,
      'webhook-id': 'm',
      'webhook-timestamp': '1',
      'webhook-signature': 'v1,a',
    },
    body: `${line}\n${' '.repeat(10 * 1024 * 1024)}`,
    says: [
      413,
      'The body is larger than the 10485760 bytes that this address takes with a signature. Split it, and send the parts one after another, or send it with an API key, for which there is no limit.',
    ],
  },
  {
    what: 'a file from a key without results:write',
    as: 'reads only',
    headers: ndjson,
    body: line,
    says: [403, 'This API key lacks the scope results:write; make one that has it.'],
  },
  {
    what: 'a file from nobody',
    as: 'nobody',
    headers: csv,
    body: header,
    says: [
      401,
      'Send a valid API key: Authorization: Bearer blazon_… (made with: npm run api-key -- create).',
    ],
  },
]
