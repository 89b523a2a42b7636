import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '../problem.ts'
import { completed, type MakeKey, rotated, withdrawn } from './key-states.ts'
import { type Key, type KeyringFile, readKeyringFile } from './keyring-file.ts'

type When = {
  /** ISO instant with `Z`. */
  now: string
}

/**
 * Makes a new key ring in an empty or absent folder: an Ed25519 key for Data Integrity, an RSA key of 2048 bits for the JWS forms
 * (conformance 10.9), and the next one of each. Private keys are readable by their owner alone. Answers the keys.
 */
export async function initKeyring(
  dir: string,
  { now, example }: When & { example?: boolean },
): Promise<Key[]> {
  const there = await readdir(dir).catch(() => [] as string[])
  if (there.includes('keyring.json'))
    throw new Problem(
      'conflict',
      `${dir} already has a key ring. Nothing was changed; choose another folder.`,
    )
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const { make, privateKeys } = maker(now)
  const keys = completed([], { now, make })
  // Tells people apart without keeping what tells them apart; it never changes.
  const identity = `${randomBytes(32).toString('base64url')}\n`
  if (!there.includes('identity.key')) await write(join(dir, 'identity.key'), identity, 0o600)
  await keep(dir, { ...(example && { example }), keys }, privateKeys)
  return keys
}

/** Lets the next keys sign and retires the active ones, in one step. Answers the ring before and after. */
export function rotateKeyring(dir: string, { now }: When): Promise<Changed> {
  return change(dir, now, rotated)
}

/** Withdraws keys for good. Throws a Problem that names every id that the ring does not have. */
export function compromiseKeys(dir: string, ids: string[], { now }: When): Promise<Changed> {
  return change(dir, now, (file, how) => {
    const strange = ids.filter((id) => !file.keys.some((key) => key.id === id))
    if (strange.length > 0)
      throw new Problem(
        'not-found',
        `${dir} has no key named ${strange.join(' or ')}. Nothing was changed. See them all: npm run keys -- list --dir ${dir}`,
      )
    return withdrawn(file, ids, how)
  })
}

export type Changed = { before: Key[]; after: Key[] }
type Alter = (file: KeyringFile, how: { now: string; make: MakeKey }) => KeyringFile

async function change(dir: string, now: string, alter: Alter): Promise<Changed> {
  const release = await lock(dir)
  try {
    const { file } = await readKeyringFile(dir)
    if (file.example)
      throw new Problem(
        'invalid',
        `${dir} holds the example keys, which stay as they are. Make your own: npm run keys -- init --dir ./keys`,
      )
    const { make, privateKeys } = maker(now)
    const altered = alter(file, { now, make })
    await keep(dir, altered, privateKeys)
    return { before: file.keys, after: altered.keys }
  } finally {
    await release()
  }
}

function maker(now: string) {
  const privateKeys = new Map<string, KeyObject>()
  const make: MakeKey = (algorithm, id) => {
    const { privateKey, publicKey } =
      algorithm === 'Ed25519'
        ? generateKeyPairSync('ed25519')
        : generateKeyPairSync('rsa', { modulusLength: 2048 })
    privateKeys.set(id, privateKey)
    const jwk = publicKey.export({ format: 'jwk' }) as Key['jwk']
    return { id, algorithm, state: 'next', createdAt: now, jwk }
  }
  return { make, privateKeys }
}

/** Private halves first: whoever reads the ring finds every key that it names, whenever the power goes. */
async function keep(dir: string, file: KeyringFile, privateKeys: Map<string, KeyObject>) {
  for (const [id, key] of privateKeys)
    await write(
      join(dir, `${id}.pem`),
      key.export({ type: 'pkcs8', format: 'pem' }).toString(),
      0o600,
    )
  await write(join(dir, 'keyring.json'), `${JSON.stringify(file, null, 2)}\n`, 0o644)
}

/** Writes a file whole or not at all. */
async function write(path: string, text: string, mode: number) {
  const handle = await open(`${path}.new`, 'w', mode)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(`${path}.new`, path)
}

async function lock(dir: string) {
  const path = join(dir, 'keyring.lock')
  try {
    await (await open(path, 'wx')).close()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST')
      throw new Problem(
        'conflict',
        `Somebody is changing the ring in ${dir}. If nobody is, an earlier change was cut off: delete ${path} and try again.`,
      )
    throw new Problem('invalid', `${dir} cannot be written: ${code}.`)
  }
  return () => rm(path, { force: true })
}
