import { notConfirmed, type Row } from '../row.ts'

export const url = '/v1/verify'
export const type = (name: string) => ({ 'content-type': name })
export const json = (what: string, body: string | object, says: Row['says']): Row => ({
  what,
  url,
  method: 'POST',
  as: 'nobody',
  headers: type('application/json'),
  body,
  says,
})
export const sent = (
  what: string,
  name: string,
  body: string | Buffer,
  says: Row['says'],
): Row => ({
  what,
  url,
  method: 'POST',
  as: 'nobody',
  headers: type(name),
  body,
  says,
})
export const png = Buffer.from('89504e470d0a1a0a', 'hex')
export const ihdr = Buffer.from('0000000d49484452000000010000000108060000001f15c489', 'hex')

export const wrongType: Row['says'] = [
  415,
  'This content type is not taken here; see /docs for the ones that are.',
]
export const wrongUrl: Row['says'] = [
  422,
  'The body has a mistake.',
  { '/url': 'url must be the address of a badge, starting with https://' },
]
export const unknown = (check: string, reason: string): Row['says'] => [
  200,
  'could-not-check',
  { [check]: reason },
]
export const elsewhere = unknown(
  'address',
  "This is no address of a badge at https://badges.example.test; other issuers' badges cannot be checked here.",
)
export const unconfirmed = unknown('address', notConfirmed[1])
export const otherIssuer = unknown(
  'issuer',
  'The badge names another issuer. Only badges of badges.example.test can be checked here.',
)
export const invalid = (reason: string): Row['says'] => [200, 'invalid', { file: reason }]
export const noBadge = invalid(
  'This is not a badge: send a baked PNG or SVG, the JSON of a credential, or a JWS.',
)
export const otherJson = invalid(
  'This is JSON, but neither an Open Badges credential nor an assertion.',
)
export const tooMuch = unknown(
  'file',
  'This JSON has more than 300 objects, or 5000 values, or is nested more than 50 levels deep; no badge that can be checked here has.',
)

export function b64(text: string) {
  return Buffer.from(text).toString('base64url')
}
