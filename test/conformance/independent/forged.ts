import { createPrivateKey, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { base58 } from '@scure/base'
import { CompactSign, SignJWT } from 'jose'
import { dataToSign } from '../../../src/credentials/data-to-sign.ts'
import { type Json, splitJws } from '../served.ts'

/** The three signed texts of one badge. */
export type Texts = { credential: string; jwt: string; jws: string }
export type Form = keyof Texts

/** Makes a document with changes, signed anew: with `dir`’s keys, under whatever key names the forger likes. */
export type Forge = {
  credential: (change: (document: Json) => void, options?: object) => Promise<string>
  jwt: (change: (claims: Json) => void, header?: object) => Promise<string>
  jws: (change: (assertion: Json) => void) => Promise<string>
}

/** A forger who has the keys of a ring: another’s, or by some mishap the issuer’s own. */
export function forger(texts: Texts, dir: string): Forge {
  const ed25519 = createPrivateKey(readFileSync(join(dir, 'ed25519-1.pem')))
  const rsa = createPrivateKey(readFileSync(join(dir, 'rsa-1.pem')))
  const rs256 = (payload: Json, header: object) =>
    new CompactSign(Buffer.from(JSON.stringify(payload)))
      .setProtectedHeader({ alg: 'RS256', ...header })
      .sign(rsa)
  return {
    credential: async (change, options = {}) => {
      const { proof: proofs, ...document } = JSON.parse(texts.credential)
      change(document)
      const proof = { ...proofs[0], ...options }
      const signature = sign(null, await dataToSign(document, proof), ed25519)
      proof.proofValue = `z${base58.encode(signature)}`
      return JSON.stringify({ ...document, proof: [proof] })
    },
    jwt: (change, header) => {
      const { header: own, payload } = splitJws(texts.jwt)
      change(payload)
      return rs256(payload, { ...own, ...header })
    },
    jws: (change) => {
      const { payload } = splitJws(texts.jws)
      change(payload)
      return rs256(payload, {})
    },
  }
}

/** The same header and signature over a changed payload. */
export function tampered(jws: string, change: (payload: Json) => void): string {
  const { payload } = splitJws(jws)
  change(payload)
  const [header, , signature] = jws.split('.')
  return [header, part(payload), signature].join('.')
}

/** The payload with `alg: none` and no signature. */
export function unsecured(jws: string): string {
  const { header, payload } = splitJws(jws)
  return `${part({ ...header, alg: 'none' })}.${part(payload)}.`
}

/** The payload with HS256, the public PEM being the secret: what a careless verifier takes for RS256. */
export function symmetric(jws: string, publicKeyPem: string): Promise<string> {
  const { header, payload } = splitJws(jws)
  return new SignJWT(payload)
    .setProtectedHeader({ ...header, alg: 'HS256' })
    .sign(Buffer.from(publicKeyPem))
}

function part(value: object) {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
