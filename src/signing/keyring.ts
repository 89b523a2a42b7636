import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign as signBytes,
} from 'node:crypto'
import { join } from 'node:path'
import { base58 } from '@scure/base'
import type { PublishedKey } from '../credentials/key-documents.ts'
import { Problem } from '../problem.ts'
import { type DocumentCertificate, readDocumentCertificate } from './document-certificate.ts'
import type { Algorithm } from './key-states.ts'
import { type KeyringFile, readKeyringFile } from './keyring-file.ts'
import { identityFile, readRingFile } from './ring-folder.ts'

/** The keys of one issuer. Private keys stay inside; only signatures and public keys leave. */
export type Keyring = {
  /** Whether these are the example keys, which are public. */
  example: boolean
  /** The key that signs now. */
  active: (algorithm: Algorithm) => string
  /** The text of the ring's files; two rings are the same if their texts are. */
  text: string
  /** Every key ever made, by its thumbprint (RFC 7638). */
  fingerprints: { id: string; fingerprint: string }[]
  /** Next, active and retired keys (conformance 11.10). */
  published: PublishedKey[]
  /** The ids of compromised keys: withdrawn, and no longer used for anything. */
  withdrawn: string[]
  /** SPKI with `\n` line ends (conformance 3.3). */
  publicPem: (key: string) => string | undefined
  /** An Ed25519 signature over the data. */
  sign: (key: string, data: Uint8Array) => Buffer
  /** A compact JWS, RS256, over the payload's JSON. */
  signJws: (
    key: string,
    header: { alg: 'RS256'; kid?: string; typ?: string },
    payload: object,
  ) => Promise<string>
  /** Every RSA key ever made, compromised ones too: each has its Open Badges 2.0 issuer, which answers permanently. */
  rsaKeys: string[]
  /** An HMAC that only this ring can make; undefined if the ring has no secret for it. */
  pseudonymise?: ((text: string) => string) | undefined
  /** The certificate that signs PDFs; undefined if the ring has none. */
  certificate?: DocumentCertificate | undefined
}

/** Reads the key ring of `KEYS_DIR`. Throws a Problem with everything that is wrong with it. */
export async function loadKeyring(dir: string): Promise<Keyring> {
  const { file, text } = await readKeyringFile(dir)
  const privateKeys = new Map<string, KeyObject>()
  for (const { id, state } of file.keys)
    if (state === 'active' || state === 'next') privateKeys.set(id, await readPrivateKey(dir, id))
  for (const { id, jwk } of file.keys) {
    const key = privateKeys.get(id)
    if (
      key &&
      createPublicKey(key).export({ format: 'jwk' })[
        key.asymmetricKeyType === 'rsa' ? 'n' : 'x'
      ] !== (jwk.n ?? jwk.x)
    )
      throw new Problem(
        'invalid/private-key-mismatch',
        `${join(dir, `${id}.pem`)} is not the private half of ${id} in keyring.json.`,
      )
  }
  const certificate = await readDocumentCertificate(dir)
  const active = new Map(
    file.keys.filter(({ state }) => state === 'active').map(({ algorithm, id }) => [algorithm, id]),
  )
  return {
    example: file.example === true,
    text: text + (certificate?.text ?? ''),
    fingerprints: fingerprintsOf(file),
    active: (algorithm) => active.get(algorithm) ?? '',
    published: file.keys.filter(({ state }) => state !== 'compromised').map(publish),
    withdrawn: file.keys.filter(({ state }) => state === 'compromised').map(({ id }) => id),
    publicPem: (id) => publicPem(file, id),
    sign: (id, data) => signBytes(null, data, signer(privateKeys, id)),
    signJws: async (id, header, payload) => {
      const { CompactSign } = await import('jose')
      return new CompactSign(Buffer.from(JSON.stringify(payload), 'utf8'))
        .setProtectedHeader(header)
        .sign(signer(privateKeys, id))
    },
    rsaKeys: file.keys.filter(({ algorithm }) => algorithm === 'RS256').map(({ id }) => id),
    pseudonymise: await readIdentityKey(dir, file),
    certificate,
  }
}

/** The public identity of a ring, even if its private keys are lost. Throws a Problem when there is none. */
export async function readRingIdentity(
  dir: string,
): Promise<Pick<Keyring, 'example' | 'fingerprints'>> {
  const { file } = await readKeyringFile(dir)
  return { example: file.example === true, fingerprints: fingerprintsOf(file) }
}

function fingerprintsOf({ keys }: KeyringFile) {
  return keys.map(({ id, jwk }) => ({ id, fingerprint: thumbprint(jwk) }))
}

/** RFC 7638: the members that make the key, in the order of their names. Every start needs it, and no more of `jose`. */
function thumbprint({ kty, crv, x, n, e }: KeyringFile['keys'][number]['jwk']) {
  const members = kty === 'RSA' ? { e, kty, n } : { crv, kty, x }
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url')
}

/** The pseudonym function. An older ring has no secret; then birth dates are of no use, and are dropped. */
async function readIdentityKey(dir: string, { secret: had }: KeyringFile) {
  const path = join(dir, identityFile)
  const text = await readRingFile(path)
  if (text === undefined && had)
    throw new Problem(
      'invalid/identity-key-missing',
      `${path} is missing, and this ring had one: without it, erased people would come back. Restore it from your backup; docs/keys.md says what to do when it is lost permanently.`,
    )
  if (text === undefined) return undefined
  const secret = Buffer.from(text.trim(), 'base64url')
  if (secret.length < 32)
    throw new Problem(
      'invalid/identity-key-damaged',
      `${path} is not whole; restore it from your backup.`,
    )
  return (value: string) => createHmac('sha256', secret).update(value).digest('hex')
}

function signer(privateKeys: Map<string, KeyObject>, id: string) {
  const key = privateKeys.get(id)
  if (!key)
    throw new Problem('unavailable/key-not-active', `The key ${id} cannot sign: it is not active.`)
  return key
}

async function readPrivateKey(dir: string, id: string): Promise<KeyObject> {
  const path = join(dir, `${id}.pem`)
  const text = (await readRingFile(path)) ?? ''
  try {
    return createPrivateKey(text)
  } catch {
    throw new Problem(
      'invalid/private-key-unusable',
      `${path} is missing or is not a private key; restore it from your backup.`,
    )
  }
}

function publish({ id, algorithm, jwk }: KeyringFile['keys'][number]): PublishedKey {
  if (algorithm === 'RS256') return { id, algorithm, jwk }
  const raw = Buffer.from(jwk.x ?? '', 'base64url')
  // Multicodec ed25519-pub, then base58btc with its multibase letter (conformance 11.4).
  const multibase = `z${base58.encode(Buffer.concat([Buffer.from([0xed, 0x01]), raw]))}`
  return { id, algorithm, jwk, multibase }
}

function publicPem(file: KeyringFile, id: string) {
  const key = file.keys.find((each) => each.id === id && each.state !== 'compromised')
  if (key?.algorithm !== 'RS256') return undefined
  const object = createPublicKey({ key: key.jwk, format: 'jwk' })
  return object.export({ type: 'spki', format: 'pem' }).toString()
}
