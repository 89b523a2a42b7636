import { countValues, inspectJson } from '../../schemas/inspect-json.ts'
import { type BadgeText, readPng } from '../baking/png.ts'
import { readSvg } from '../baking/svg.ts'
import { Problem } from '../problem.ts'

/** One badge document as it was presented, unverified. */
export type Presented =
  | { kind: 'credential'; document: Record<string, unknown> }
  | { kind: 'credential-jwt'; jws: string; payload: Record<string, unknown> }
  | { kind: 'assertion-jws'; jws: string; payload: Record<string, unknown> }
  | { kind: 'assertion'; document: Record<string, unknown> }
  | { kind: 'assertion-address'; address: string }

export type FileType = 'png' | 'svg' | 'json' | 'text'

/**
 * The documents in a file. A PNG for old backpacks and new wallets has two. Throws `not-found` when there is none,
 * `invalid` when the file cannot be read, `too-large` when it is larger than a badge can be, or has a text longer than
 * `longest` letters.
 */
export function readPresented(
  bytes: Buffer,
  type: FileType,
  longest = Number.POSITIVE_INFINITY,
): Presented[] {
  if (type === 'png') return fromImage(readPng(bytes), longest)
  const text = decode(bytes)
  if (type === 'svg') return fromImage(readSvg(text), longest)
  return [fromTextUpTo(longest, text)]
}

function fromTextUpTo(longest: number, text: string): Presented {
  if (text.length > longest)
    throw new Problem('too-large/document-too-large', `This text has more than ${longest} letters.`)
  return fromText(text)
}

function fromImage({ openbadgecredential, openbadges }: BadgeText, longest: number) {
  const found = [openbadgecredential, openbadges].flatMap((text) =>
    text ? [fromTextUpTo(longest, text)] : [],
  )
  if (found.length > 0) return found
  throw new Problem(
    'not-found/no-badge-in-picture',
    'There is no badge in this picture. Pictures lose it when they are copied, converted or sent through social networks; ask for the original file.',
  )
}

/** A document as text: JSON, a compact JWS, or a VC-JWT. */
export function fromText(text: string): Presented {
  const trimmed = text.trim()
  if (/^[\w-]+\.[\w-]+\.[\w-]*$/.test(trimmed)) return fromJws(trimmed)
  // Old bakers wrote the address of the hosted assertion (conformance 5.12).
  if (/^https?:\/\/\S+$/.test(trimmed)) return { kind: 'assertion-address', address: trimmed }
  const document = parse(trimmed)
  if (isCredential(document)) return { kind: 'credential', document }
  if (document.type === 'Assertion') return { kind: 'assertion', document }
  throw new Problem(
    'invalid/not-a-badge-document',
    'This is JSON, but neither an Open Badges credential nor an assertion.',
  )
}

function fromJws(jws: string): Presented {
  const [head = '', body = ''] = jws
    .split('.', 2)
    .map((part) => Buffer.from(part, 'base64url').toString('utf8'))
  // The check of the signature finds all other mistakes of a header.
  if (readJson(head) !== undefined) refuseTwice(head)
  const payload = parse(body)
  const kind = isCredential(payload) || 'vc' in payload ? 'credential-jwt' : 'assertion-jws'
  return { kind, jws, payload }
}

function isCredential(document: Record<string, unknown>) {
  const types = Array.isArray(document.type) ? document.type : [document.type]
  return types.includes('VerifiableCredential')
}

function parse(text: string): Record<string, unknown> {
  const value = readJson(text)
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new Problem(
      'invalid/not-a-badge',
      'This is not a badge: send a baked PNG or SVG, the JSON of a credential, or a JWS.',
    )
  const values = valuesOf(value)
  if (values === undefined)
    throw new Problem(
      'too-large/document-too-large',
      `This JSON has more than ${mostObjects} objects, or ${mostValues} values, or is nested more than ${deepest} levels deep; no badge that can be checked here has.`,
    )
  if (countValues(text) > values) refuseTwice(text)
  return value as Record<string, unknown>
}

/**
 * If a key occurs twice, some readers take the first value and others the last (RFC 8259, 4; RFC 7515, 4 for headers).
 */
function refuseTwice(text: string) {
  const [path] = inspectJson(text).repeated
  if (path !== undefined)
    throw new Problem(
      'invalid/duplicate-key',
      `The file has the key ${path} twice in one object. Readers differ on which one counts, so nothing can be said of it.`,
    )
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const mostValues = 5000
const mostObjects = 300
const deepest = 50

/**
 * How many values there are, whole and inner ones. Undefined if that is too much: canonicalising a few hundred objects
 * takes a second, and each level takes room on the stack. An attacker sends both.
 */
function valuesOf(value: unknown): number | undefined {
  let level = [value]
  let values = 0
  let objects = 0
  for (let depth = 0; level.length > 0; depth += 1) {
    const inner: unknown[] = []
    for (const each of level) {
      if (each === null || typeof each !== 'object') continue
      objects += 1
      for (const one of Object.values(each)) inner.push(one)
    }
    values += level.length
    if (depth > deepest || values > mostValues || objects > mostObjects) return undefined
    level = inner
  }
  return values
}

function decode(bytes: Buffer) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Problem('invalid/badge-text-not-utf8', 'The text is not UTF-8.')
  }
}
