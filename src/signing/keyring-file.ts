import { join } from 'node:path'
import { checkOf } from '../../schemas/check-of.ts'
import { type Static, Type } from '../../schemas/type.ts'
import { type FieldError, Problem } from '../problem.ts'
import { readRingFile } from './ring-folder.ts'

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

/** `keyring.json`: the public half of every key ever made; private halves are beside it as `<id>.pem`. */
export const KeyringFile = Type.Object(
  {
    example: Type.Optional(Type.Boolean()),
    /** Whether the ring has `identity.key`; absent in older rings. */
    secret: Type.Optional(Type.Boolean()),
    keys: Type.Array(
      Type.Object(
        {
          id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,40}$' }),
          algorithm: Type.Enum(['Ed25519', 'RS256']),
          state: Type.Enum(['next', 'active', 'retired', 'compromised']),
          createdAt: Type.String(),
          /** When the key got its state; absent in rings that never changed. */
          since: Type.Optional(Type.String()),
          jwk: Jwk,
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)
export type KeyringFile = Static<typeof KeyringFile>
export type Key = KeyringFile['keys'][number]

/** The ring in a folder, and its text. Throws a Problem when there is none, or when it cannot be used. */
export async function readKeyringFile(dir: string): Promise<{ file: KeyringFile; text: string }> {
  const path = join(dir, 'keyring.json')
  const text = await readRingFile(path)
  if (text === undefined)
    throw new Problem(
      'invalid/no-key-ring',
      `There is no key ring in ${dir}. Make one: npm run keys -- init --dir ${dir}; or set KEYS_DIR.`,
    )
  const mistakes = keyringMistakes(text)
  if (mistakes.length > 0)
    throw new Problem('invalid/key-ring-unusable', `${path} cannot be used.`, mistakes)
  return { file: JSON.parse(text) as KeyringFile, text }
}

/** The ring in a folder, to be changed. Throws a Problem for the example keys, which must not change. */
export async function readChangeableRing(dir: string): Promise<KeyringFile> {
  const { file } = await readKeyringFile(dir)
  if (!file.example) return file
  throw new Problem(
    'invalid/example-keys',
    `${dir} holds the example keys, which must not change. Make your own: npm run keys -- init --dir ./keys`,
  )
}

const check = checkOf(KeyringFile, { whole: 'the file', name: 'KeyringFile' })

/** What is wrong with the text of a `keyring.json`; empty if nothing is. */
export function keyringMistakes(text: string): FieldError[] {
  const file = parsed(text)
  if (file === undefined) return [{ path: '/', code: 'not-json', message: 'The file is not JSON.' }]
  const mistakes = check(file)
  if (mistakes.length > 0) return mistakes
  return [
    ...smallKeys(file as KeyringFile),
    ...activeMistakes(file as KeyringFile),
    ...duplicateIds(file as KeyringFile),
  ]
}

/** Conformance 10.9: RSA keys need 2048 bits or more; with fewer, every signature would fail later. */
function smallKeys({ keys }: KeyringFile): FieldError[] {
  return keys.flatMap(({ id, jwk }, index) => {
    if (jwk.n === undefined || Buffer.from(jwk.n, 'base64url').length >= 256) return []
    return [
      {
        path: `/keys/${index}/jwk/n`,
        code: 'key-too-short',
        message: `${id} is too short: RSA needs 2048 bits or more.`,
      },
    ]
  })
}

function activeMistakes({ keys }: KeyringFile): FieldError[] {
  return (['Ed25519', 'RS256'] as const).flatMap((algorithm) => {
    const active = keys.filter((key) => key.algorithm === algorithm && key.state === 'active')
    if (active.length === 1) return []
    return [
      {
        path: '/keys',
        code: 'not-one-active',
        message: `There must be one active ${algorithm} key; there are ${active.length}.`,
      },
    ]
  })
}

function duplicateIds({ keys }: KeyringFile): FieldError[] {
  return keys.flatMap(({ id }, index) =>
    keys.findIndex((key) => key.id === id) === index
      ? []
      : [
          {
            path: `/keys/${index}/id`,
            code: 'duplicate',
            message: `There are two keys named ${id}.`,
          },
        ],
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
