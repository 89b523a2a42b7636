import type { Row } from '../row.ts'
import {
  b64,
  ihdr,
  invalid,
  noBadge,
  otherIssuer,
  png,
  sent,
  tooMuch,
  unknown,
} from './verify-words.ts'

/** Pictures and signed texts that are no badge of ours. */
export const rows: Row[] = [
  sent(
    'an empty picture',
    'image/png',
    png,
    invalid('The PNG is cut off: its IEND chunk is missing. Download the file again.'),
  ),
  sent(
    'a picture that is text',
    'image/png',
    'hello',
    invalid('This is not a PNG file. Choose a PNG.'),
  ),
  sent(
    'a picture that ends in its header',
    'image/png',
    Buffer.concat([png, ihdr.subarray(0, 12)]),
    invalid('The PNG is cut off in the middle of a chunk. Download the file again.'),
  ),
  sent(
    'a picture with a wrong checksum',
    'image/png',
    Buffer.concat([png, ihdr.subarray(0, -1), Buffer.from([0])]),
    invalid(
      'The PNG is damaged: the checksum of its IHDR chunk is wrong. Download the file again.',
    ),
  ),
  sent(
    'a PNG sent as SVG',
    'image/svg+xml',
    Buffer.concat([png, ihdr]),
    invalid('The text is not UTF-8.'),
  ),
  sent(
    'an SVG without a badge',
    'image/svg+xml',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    unknown(
      'file',
      'There is no badge in this picture. Pictures lose it when they are copied, converted or sent through social networks; ask for the original file.',
    ),
  ),
  sent(
    'an SVG that is cut',
    'image/svg+xml',
    '<svg xmlns="http://www.w3.org/2000/svg"><g>',
    invalid('The SVG is not well-formed XML: 1:43: unclosed tag: g'),
  ),
  sent(
    'an SVG with entities',
    'image/svg+xml',
    '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>',
    invalid('The SVG has a DOCTYPE, which can hide entities. Remove it.'),
  ),
  sent(
    'an SVG that reads a file',
    'image/svg+xml',
    '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    invalid('The SVG has a DOCTYPE, which can hide entities. Remove it.'),
  ),
  sent(
    'an SVG nested 10,000 deep',
    'image/svg+xml',
    `<svg xmlns="http://www.w3.org/2000/svg">${'<g>'.repeat(10_000)}`,
    invalid('The SVG is more than 200 levels deep. Simplify it.'),
  ),
  sent(
    'an SVG whose badge is empty',
    'image/svg+xml',
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"><openbadges:credential/></svg>',
    invalid('The SVG has a badge element with nothing in it. Ask for a new file.'),
  ),
  sent(
    'HTML',
    'image/svg+xml',
    '<!doctype html><p>hello',
    invalid('The SVG is not well-formed XML: 1:9: incorrect syntax.'),
  ),
  sent('words', 'text/plain', 'hello', noBadge),
  sent(
    'bytes that are not UTF-8',
    'text/plain',
    Buffer.from([0xff, 0xfe]),
    invalid('The text is not UTF-8.'),
  ),
  sent('a JWS of dots', 'text/plain', '..', noBadge),
  sent('a JWS whose payload is no JSON', 'text/plain', 'aa.bb.cc', noBadge),
  sent(
    'a JWS without a signature',
    'text/plain',
    `${b64('{"alg":"none"}')}.${b64('{"type":"Assertion"}')}.`,
    otherIssuer,
  ),
  sent(
    'a JWS whose badge cannot be text',
    'text/plain',
    `${b64('{"alg":"RS256"}')}.${b64('{"badge":{"toString":1,"valueOf":1}}')}.aa`,
    otherIssuer,
  ),
  sent(
    'a JWS of ours with everything wrong',
    'text/plain',
    `${b64('{"alg":"RS256"}')}.${b64('{"badge":"https://badges.example.test/ob2/rsa-1/achievements/x/1","verification":5}')}.aa`,
    invalid(
      'The assertion is not a right Open Badges 2.0 assertion: /@context: @context is missing.',
    ),
  ),
  sent(
    'a JWT with a broken header',
    'text/plain',
    `aa.${b64('{"vc":{}}')}.aa`,
    invalid(
      'The credential does not fit the Open Badges 3.0 schema: /@context: @context is missing.',
    ),
  ),
  sent(
    'a JWT whose vc is null',
    'text/plain',
    `${b64('{"alg":"none"}')}.${b64('{"vc":null,"type":"VerifiableCredential","issuer":null}')}.`,
    invalid(
      'The credential does not fit the Open Badges 3.0 schema: /@context: @context is missing.',
    ),
  ),
  sent(
    '5,001 values',
    'text/plain',
    JSON.stringify({ type: ['VerifiableCredential'], tags: Array.from({ length: 5001 }, String) }),
    tooMuch,
  ),
  sent(
    '60 levels',
    'text/plain',
    `{"type":["VerifiableCredential"],"a":${'['.repeat(60)}${']'.repeat(60)}}`,
    tooMuch,
  ),
]
