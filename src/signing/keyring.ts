import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign as signBytes,
} from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { base58 } from '@scure/base'
import { CompactSign } from 'jose'
import type { PublishedKey } from '../credentials/key-documents.ts'
import { Problem } from '../problem.ts'
import { type KeyringFile, keyringMistakes } from './keyring-file.ts'

export type Algorithm = PublishedKey['algorithm']

/** The keys of one issuer. Private keys stay inside; what leaves is signatures and public keys. */
export type Keyring = {
  /** Whether these are the demo's keys, which everybody has. */
  example: boolean
  /** The key that signs now. */
  active: (algorithm: Algorithm) => string
  /** Active and retired keys; compromised ones are withdrawn (conformance 11.10). */
  published: PublishedKey[]
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
  /** Every RSA key there ever was, compromised ones too: each has its Open Badges 2.0 issuer, which answers for ever. */
  rsaKeys: string[]
  /** An HMAC that only this ring can make; nothing, when the ring has no secret for it. */
  mark?: ((text: string) => string) | undefined
}

/** Reads the key ring of `KEYS_DIR`. Throws a Problem that lists everything that is wrong with it. */
export async function loadKeyring(dir: string): Promise<Keyring> {
  const text = await readFile(join(dir, 'keyring.json'), 'utf8').catch(() => undefined)
  if (text === undefined)
    throw new Problem(
      'invalid',
      `There is no key ring in ${dir}. Make one: npm run keys -- init --dir ${dir}; or set KEYS_DIR.`,
    )
  const file = parse(text, dir)
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
        'invalid',
        `${join(dir, `${id}.pem`)} is not the private half of ${id} in keyring.json.`,
      )
  }
  const active = new Map(
    file.keys.filter(({ state }) => state === 'active').map(({ algorithm, id }) => [algorithm, id]),
  )
  return {
    example: file.example === true,
    active: (algorithm) => active.get(algorithm) ?? '',
    published: file.keys.filter(({ state }) => state !== 'compromised').map(publish),
    publicPem: (id) => publicPem(file, id),
    sign: (id, data) => signBytes(null, data, signer(privateKeys, id)),
    signJws: (id, header, payload) =>
      new CompactSign(Buffer.from(JSON.stringify(payload), 'utf8'))
        .setProtectedHeader(header)
        .sign(signer(privateKeys, id)),
    rsaKeys: file.keys.filter(({ algorithm }) => algorithm === 'RS256').map(({ id }) => id),
    mark: await readIdentityKey(dir),
  }
}

/** Rings that are older than the secret have none; then birth dates serve nothing, and are dropped. */
async function readIdentityKey(dir: string) {
  const text = await readFile(join(dir, 'identity.key'), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const secret = Buffer.from(text.trim(), 'base64url')
  if (secret.length < 32)
    throw new Problem(
      'invalid',
      `${join(dir, 'identity.key')} is not whole; restore it from your backup.`,
    )
  return (said: string) => createHmac('sha256', secret).update(said).digest('hex')
}

function signer(privateKeys: Map<string, KeyObject>, id: string) {
  const key = privateKeys.get(id)
  if (!key) throw new Problem('unavailable', `The key ${id} cannot sign: it is not active.`)
  return key
}

function parse(text: string, dir: string): KeyringFile {
  const mistakes = keyringMistakes(text)
  if (mistakes.length > 0)
    throw new Problem('invalid', `${join(dir, 'keyring.json')} cannot be used.`, mistakes)
  return JSON.parse(text) as KeyringFile
}

async function readPrivateKey(dir: string, id: string): Promise<KeyObject> {
  const path = join(dir, `${id}.pem`)
  try {
    return createPrivateKey(await readFile(path, 'utf8'))
  } catch {
    throw new Problem(
      'invalid',
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
