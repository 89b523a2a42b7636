import { type BadgeText, readPng } from '../baking/png.ts'
import { readSvg } from '../baking/svg.ts'
import { Problem } from '../problem.ts'

/** One badge document as somebody presents it, not yet believed. */
export type Presented =
  | { kind: 'credential'; document: Record<string, unknown> }
  | { kind: 'credential-jwt'; jwt: string }
  | { kind: 'assertion-jws'; jws: string }
  | { kind: 'assertion'; document: Record<string, unknown> }

export type FileType = 'png' | 'svg' | 'json' | 'text'

/** The documents in a file: two in a PNG that serves old backpacks and new wallets. Throws `not-found` when there is none, `invalid` when it cannot be read. */
export function readPresented(bytes: Buffer, type: FileType): Presented[] {
  if (type === 'png') return fromImage(readPng(bytes))
  const text = decode(bytes)
  if (type === 'svg') return fromImage(readSvg(text))
  return [fromText(text)]
}

function fromImage({ openbadgecredential, openbadges }: BadgeText) {
  const found = [openbadgecredential, openbadges].flatMap((text) => (text ? [fromText(text)] : []))
  if (found.length > 0) return found
  throw new Problem(
    'invalid',
    'There is no badge in this picture. Pictures lose it when they are copied, converted or sent through social networks; ask for the original file.',
  )
}

/** A document in its text form: JSON, a compact JWS, or a VC-JWT. */
export function fromText(text: string): Presented {
  const trimmed = text.trim()
  if (/^[\w-]+\.[\w-]+\.[\w-]*$/.test(trimmed)) return fromJws(trimmed)
  const document = parse(trimmed)
  if (isCredential(document)) return { kind: 'credential', document }
  if (document.type === 'Assertion') return { kind: 'assertion', document }
  throw new Problem(
    'invalid',
    'This is JSON, but neither an Open Badges credential nor an assertion.',
  )
}

function fromJws(jws: string): Presented {
  const payload = parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8'))
  if (isCredential(payload) || 'vc' in payload) return { kind: 'credential-jwt', jwt: jws }
  return { kind: 'assertion-jws', jws }
}

function isCredential(document: Record<string, unknown>) {
  const types = Array.isArray(document.type) ? document.type : [document.type]
  return types.includes('VerifiableCredential')
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (value !== null && typeof value === 'object' && !Array.isArray(value))
      return value as Record<string, unknown>
  } catch {}
  throw new Problem(
    'invalid',
    'This is not a badge: send a baked PNG or SVG, the JSON of a credential, or a JWS.',
  )
}

function decode(bytes: Buffer) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Problem('invalid', 'The text is not UTF-8.')
  }
}
