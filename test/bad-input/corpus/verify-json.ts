import type { Row } from '../row.ts'
import {
  elsewhere,
  invalid,
  json,
  noBadge,
  otherJson,
  sent,
  unconfirmed,
  unknown,
  url,
  wrongType,
  wrongUrl,
} from './verify-words.ts'

/** Bodies, addresses and documents that are no badge of ours; `says` is the verdict, and the reason of every check that did not pass. */
export const rows: Row[] = [
  {
    what: 'nothing, of no type',
    url,
    method: 'POST',
    as: 'nobody',
    says: [400, 'The body is empty; send a badge file, or { "url": … } as JSON.'],
  },
  json('an empty body', '', [
    400,
    'The body is empty; send a badge file, or { "url": … } as JSON.',
  ]),
  sent('a form', 'application/x-www-form-urlencoded', 'url=x', wrongType),
  sent('a JPEG', 'image/jpeg', 'x', wrongType),
  sent('a type that is garbage', ';', 'x', wrongType),
  sent('8 MiB and one byte', 'image/png', Buffer.alloc(8 * 1024 * 1024 + 1), [
    413,
    'The body is larger than the 8388608 bytes that this address takes.',
  ]),
  json('broken JSON', '{"url":', noBadge),
  json('null', 'null', noBadge),
  json('an array', '[]', noBadge),
  json('a number', '42', noBadge),
  json('an empty object', '{}', otherJson),
  json('an address that is a number', { url: 5 }, wrongUrl),
  json('an address that is none', { url: 'not a url' }, wrongUrl),
  json('an empty address', { url: '' }, wrongUrl),
  json('an address with javascript:', { url: 'javascript:alert(1)' }, elsewhere),
  json(
    'an address elsewhere',
    { url: 'https://other.example/b/AAAAAAAAAAAAAAAAAAAAAA' },
    elsewhere,
  ),
  json(
    'our name inside another’s',
    { url: 'https://badges.example.test.evil.example/b/AAAAAAAAAAAAAAAAAAAAAA' },
    elsewhere,
  ),
  json(
    'our name before an @',
    { url: 'https://badges.example.test@evil.example/b/AAAAAAAAAAAAAAAAAAAAAA' },
    elsewhere,
  ),
  json(
    'our address by http',
    { url: 'http://badges.example.test/b/AAAAAAAAAAAAAAAAAAAAAA' },
    elsewhere,
  ),
  json(
    'our name in capitals',
    { url: 'https://BADGES.example.test/b/AAAAAAAAAAAAAAAAAAAAAA' },
    unconfirmed,
  ),
  json(
    'an address of the machine itself',
    { url: 'http://169.254.169.254/latest/meta-data' },
    elsewhere,
  ),
  json('a file', { url: 'file:///etc/passwd' }, elsewhere),
  json(
    'an unknown badge',
    { url: 'https://badges.example.test/b/AAAAAAAAAAAAAAAAAAAAAA' },
    unconfirmed,
  ),
  json(
    'an unknown assertion',
    { url: 'https://badges.example.test/ob2/assertions/AAAAAAAAAAAAAAAAAAAAAA' },
    unconfirmed,
  ),
  json('the home page', { url: 'https://badges.example.test/' }, elsewhere),
  json('JSON that is no badge', { type: 'Note', url: 'https://badges.example.test/' }, otherJson),
  json(
    'a credential without anything',
    { type: ['VerifiableCredential'] },
    invalid(
      'The credential does not fit the Open Badges 3.0 schema: /@context: @context is missing.',
    ),
  ),
  json('a credential of another type', { type: { VerifiableCredential: true } }, otherJson),
  json(
    'an unknown hosted assertion',
    { type: 'Assertion', id: 'https://badges.example.test/ob2/assertions/AAAAAAAAAAAAAAAAAAAAAA' },
    unconfirmed,
  ),
  json('a hosted assertion without id', { type: 'Assertion' }, unconfirmed),
  json(
    'a hosted assertion whose id cannot be text',
    '{"type":"Assertion","id":{"toString":1,"valueOf":1}}',
    unconfirmed,
  ),
  json(
    'a hosted assertion whose id is nested 5,000 deep',
    `{"type":"Assertion","id":${'['.repeat(5000)}${']'.repeat(5000)}}`,
    unknown(
      'file',
      'This JSON has more than 300 objects, or 5000 values, or is nested more than 50 levels deep; no badge that can be checked here has.',
    ),
  ),
  json('the badge of a key __proto__', '{"__proto__":{"type":"Assertion"}}', otherJson),
]
