import { type KeyObject, verify } from 'node:crypto'
import { publicKeyOf } from './public-keys.ts'

/** A compact JWS, and its payload, unverified. */
export type Signed = { jws: string; payload: Record<string, unknown> }

let loaded: Promise<typeof import('jose')> | undefined

/** Loaded with the first JWS that needs it, so that a start need not wait for it. */
function library() {
  loaded ??= import('jose')
  return loaded
}

/** Whether this RSA key signed the JWS, with RS256 and no other algorithm (conformance 3.7). */
export async function isSignedBy(jws: string, jwk: object): Promise<boolean> {
  try {
    const key = publicKeyOf(jwk)
    if (isPlainlySigned(jws, key)) return true
    const { compactVerify } = await library()
    await compactVerify(jws, key, { algorithms: ['RS256'] })
    return true
  } catch {
    return false
  }
}

/** The header of a JWS, unverified; empty if it cannot be read. */
export async function headerOf(jws: string): Promise<{ alg?: unknown; kid?: string }> {
  const { decodeProtectedHeader } = await library()
  try {
    return decodeProtectedHeader(jws)
  } catch {
    return {}
  }
}

const plainMembers = ['alg', 'kid', 'typ']
const shortestModulus = 2048

/**
 * Whether a JWS is signed by this key and written as Blazon writes it: RS256, no header member that changes what is
 * signed (RFC 7515, 4.1.11; RFC 7797), the signature in its one right spelling. `jose`, which takes ten times as long, decides on
 * all others. Throws for a header that is not JSON.
 */
function isPlainlySigned(jws: string, key: KeyObject): boolean {
  const [head = '', body = '', tail = '', ...more] = jws.split('.')
  const signature = Buffer.from(tail, 'base64url')
  if (more.length > 0 || signature.toString('base64url') !== tail) return false
  const header = JSON.parse(Buffer.from(head, 'base64url').toString('utf8'))
  const isPlain =
    header?.alg === 'RS256' && Object.keys(header).every((name) => plainMembers.includes(name))
  const { modulusLength = 0 } = key.asymmetricKeyDetails ?? {}
  if (!isPlain || key.asymmetricKeyType !== 'rsa' || modulusLength < shortestModulus) return false
  return verify('sha256', Buffer.from(`${head}.${body}`), key, signature)
}
