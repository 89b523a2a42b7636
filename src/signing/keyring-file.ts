import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { type Static, Type } from 'typebox'
import { sentences } from '../../schemas/sentences.ts'
import { type FieldError, Problem } from '../problem.ts'

const Jwk = Type.Object(
  {
    kty: Type.Enum(['OKP', 'RSA']),
    crv: Type.Optional(Type.Literal('Ed25519')),
    x: Type.Optional(Type.String()),
    n: Type.Optional(Type.String()),
    e: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)

/** `keyring.json`: the public half of every key there ever was; private halves lie beside it as `<id>.pem`. */
export const KeyringFile = Type.Object(
  {
    example: Type.Optional(Type.Boolean()),
    keys: Type.Array(
      Type.Object(
        {
          id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,40}$' }),
          algorithm: Type.Enum(['Ed25519', 'RS256']),
          state: Type.Enum(['next', 'active', 'retired', 'compromised']),
          createdAt: Type.String(),
          jwk: Jwk,
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)
export type KeyringFile = Static<typeof KeyringFile>

const validate = new Ajv({ allErrors: true }).compile(KeyringFile)

/** What is wrong with the text of a `keyring.json`; nothing, when it can be used. */
export function keyringMistakes(text: string): FieldError[] {
  const file = parsed(text)
  if (file === undefined) return [{ path: '/', message: 'The file is not JSON.' }]
  if (!validate(file)) return sentences(validate.errors ?? [], 'the file')
  return [...smallKeys(file as KeyringFile), ...notOneActive(file as KeyringFile)]
}

/** Conformance 10.9: RSA keys have 2048 bits or more; signing with less would fail later, badge by badge. */
function smallKeys({ keys }: KeyringFile): FieldError[] {
  return keys.flatMap(({ id, jwk }, index) => {
    if (jwk.n === undefined || Buffer.from(jwk.n, 'base64url').length >= 256) return []
    return [
      { path: `/keys/${index}/jwk/n`, message: `${id} is too short: RSA needs 2048 bits or more.` },
    ]
  })
}

function notOneActive({ keys }: KeyringFile): FieldError[] {
  return (['Ed25519', 'RS256'] as const).flatMap((algorithm) => {
    const active = keys.filter((key) => key.algorithm === algorithm && key.state === 'active')
    if (active.length === 1) return []
    return [
      {
        path: '/keys',
        message: `There must be one active ${algorithm} key; there are ${active.length}.`,
      },
    ]
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Makes a new key ring in an empty or absent folder: one Ed25519 key for Data Integrity, one RSA key of 2048 bits for the
 * JWS forms (conformance 10.9). Private keys are readable by their owner alone. Answers the ids.
 */
export async function initKeyring(
  dir: string,
  { now, example }: { now: string; example?: boolean },
) {
  const there = await readdir(dir).catch(() => [] as string[])
  if (there.includes('keyring.json'))
    throw new Problem(
      'conflict',
      `${dir} already has a key ring. Nothing was changed; choose another folder.`,
    )
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const pairs = [
    { id: 'ed25519-1', algorithm: 'Ed25519' as const, ...generateKeyPairSync('ed25519') },
    {
      id: 'rsa-1',
      algorithm: 'RS256' as const,
      ...generateKeyPairSync('rsa', { modulusLength: 2048 }),
    },
  ]
  for (const { id, privateKey } of pairs)
    await writeFile(join(dir, `${id}.pem`), privateKey.export({ type: 'pkcs8', format: 'pem' }), {
      mode: 0o600,
      flag: 'wx',
    })
  // Tells people apart without keeping what tells them apart; it never changes.
  await writeFile(join(dir, 'identity.key'), `${randomBytes(32).toString('base64url')}\n`, {
    mode: 0o600,
    flag: 'wx',
  })
  const file = {
    ...(example && { example }),
    keys: pairs.map(({ id, algorithm, publicKey }) => ({
      id,
      algorithm,
      state: 'active',
      createdAt: now,
      jwk: publicKey.export({ format: 'jwk' }),
    })),
  }
  await writeFile(join(dir, 'keyring.json'), `${JSON.stringify(file, null, 2)}\n`, { flag: 'wx' })
  return pairs.map(({ id, algorithm }) => ({ id, algorithm }))
}
