import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '../problem.ts'
import { keepCertificate, renewCertificate, usualName } from './change-certificate.ts'
import { certificateFiles } from './document-certificate.ts'
import { completed, type MakeKey, rotated, withdrawn } from './key-states.ts'
import { type Key, type KeyringFile, readChangeableRing } from './keyring-file.ts'
import { makeCertificate } from './make-certificate.ts'
import { alone, identityFile, readRingFile, writeWhole } from './ring-folder.ts'

type When = {
  /** ISO instant with `Z`. */
  now: string
}

/**
 * Makes a new key ring in an empty or absent folder: an Ed25519 key for Data Integrity, an RSA key of 2048 bits for the
 * JWS forms (conformance 10.9), and the next key of each. Private keys are readable by their owner alone. Answers the
 * keys.
 */
export async function initKeyring(
  dir: string,
  { now, example, name = usualName }: When & { example?: boolean; name?: string },
): Promise<Key[]> {
  const files = await filesOf(dir)
  if (files.includes('keyring.json'))
    throw new Problem(
      'conflict/key-ring-exists',
      `${dir} already has a key ring. Nothing was changed; choose another folder.`,
    )
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const { make, privateKeys } = maker(now)
  const keys = completed([], { now, make })
  if (!files.includes(identityFile)) await writeSecret(dir)
  if (!files.includes(certificateFiles.chain))
    await keepCertificate(dir, makeCertificate({ name, now }))
  await keep(dir, { ...(example && { example }), secret: true, keys }, privateKeys)
  return keys
}

/** The file names in a folder; empty only if there is no such folder. */
async function filesOf(dir: string): Promise<string[]> {
  return readdir(dir).catch(({ code }: NodeJS.ErrnoException) => {
    if (code === 'ENOENT') return []
    throw new Problem(
      'invalid/folder-unreadable',
      `The folder ${dir} cannot be read (${code}). Choose another one.`,
    )
  })
}

/** Writes the secret of pseudonyms: it lets Blazon recognise people without storing what identifies them. */
async function writeSecret(dir: string) {
  const secret = `${randomBytes(32).toString('base64url')}\n`
  await writeWhole(join(dir, identityFile), secret, 0o600)
}

/**
 * Makes `identity.key` for a ring that has lost it, or never had one. Throws `conflict` when there is one: records that
 * depend on it could not be read any more.
 */
export async function renewSecret(dir: string): Promise<void> {
  await alone(dir, async () => {
    const file = await readChangeableRing(dir)
    if ((await readRingFile(join(dir, identityFile))) !== undefined)
      throw new Problem(
        'conflict/identity-key-exists',
        `${dir} has an ${identityFile}. Nothing was changed.`,
      )
    await writeSecret(dir)
    await keep(dir, { ...file, secret: true }, new Map())
  })
}

/**
 * Activates the next keys and retires the active ones, in one step; a ring without a certificate gets one. Answers the
 * ring before and after.
 */
export async function rotateKeyring(dir: string, { now }: When): Promise<Changed> {
  const changed = await change(dir, now, rotated)
  if (!(await readdir(dir)).includes(certificateFiles.chain))
    await renewCertificate(dir, { name: usualName, now })
  return changed
}

/** Withdraws keys permanently. Throws a Problem that names every id that the ring lacks. */
export function compromiseKeys(dir: string, ids: string[], { now }: When): Promise<Changed> {
  return change(dir, now, (file, how) => {
    refuseUnknown(dir, file, ids)
    return withdrawn(file, ids, how)
  })
}

/** Throws a Problem that names every id that the ring in a folder lacks. */
export async function expectKeys(dir: string, ids: string[]): Promise<void> {
  refuseUnknown(dir, await readChangeableRing(dir), ids)
}

function refuseUnknown(dir: string, { keys }: KeyringFile, ids: string[]) {
  const unknown = ids.filter((id) => !keys.some((key) => key.id === id))
  if (unknown.length > 0)
    throw new Problem(
      'not-found/no-such-key',
      `${dir} has no key named ${unknown.join(' or ')}. Nothing was changed. List all of them: npm run keys -- list --dir ${dir}`,
    )
}

export type Changed = { before: Key[]; after: Key[] }
type Alter = (file: KeyringFile, how: { now: string; make: MakeKey }) => KeyringFile

async function change(dir: string, now: string, alter: Alter): Promise<Changed> {
  return alone(dir, async () => {
    const file = await readChangeableRing(dir)
    const { make, privateKeys } = maker(now)
    const altered = alter(file, { now, make })
    const secret = file.secret || (await filesOf(dir)).includes(identityFile)
    await keep(dir, { ...altered, ...(secret && { secret }) }, privateKeys)
    return { before: file.keys, after: altered.keys }
  })
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

/** Private halves first: after a crash at any moment, every key that the ring names is on disk. */
async function keep(dir: string, file: KeyringFile, privateKeys: Map<string, KeyObject>) {
  for (const [id, key] of privateKeys)
    await writeWhole(
      join(dir, `${id}.pem`),
      key.export({ type: 'pkcs8', format: 'pem' }).toString(),
      0o600,
    )
  await writeWhole(join(dir, 'keyring.json'), `${JSON.stringify(file, null, 2)}\n`, 0o644)
}
