import { open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '../problem.ts'

/** The file of the secret for pseudonyms. */
export const identityFile = 'identity.key'

/**
 * The text of a ring's file; undefined only if there is no such file. Throws a Problem when it cannot be read, so that
 * an unreadable file never counts as an absent one.
 */
export async function readRingFile(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    throw new Problem(
      'invalid/ring-file-unreadable',
      `${path} cannot be read (${code}). The file must belong to the user that runs Blazon; run npm run keys as that user.`,
    )
  }
}

/** Writes a file whole or not at all. */
export async function writeWhole(path: string, text: string, mode: number): Promise<void> {
  const handle = await open(`${path}.new`, 'w', mode)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(`${path}.new`, path)
}

/** Runs a change to the ring in a folder under a lock. Throws `conflict` when another process has the lock. */
export async function alone<Done>(dir: string, change: () => Promise<Done>): Promise<Done> {
  const path = join(dir, 'keyring.lock')
  await takeLock(path, dir)
  try {
    return await change()
  } finally {
    await rm(path, { force: true })
  }
}

async function takeLock(path: string, dir: string) {
  try {
    await (await open(path, 'wx')).close()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST')
      throw new Problem(
        'conflict/key-ring-locked',
        `Another process is changing the key ring in ${dir}. If there is none, an earlier change was interrupted: delete ${path} and try again.`,
      )
    throw new Problem('invalid/folder-unwritable', `${dir} cannot be written: ${code}.`)
  }
}
