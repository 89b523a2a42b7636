import { open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '../problem.ts'

/** The secret that makes pseudonyms. */
export const identityFile = 'identity.key'

/**
 * The text of a file of a ring; nothing, only when there is no such file. Throws a Problem when it is there and cannot be read, so that
 * an unreadable file never passes for an absent one.
 */
export async function readRingFile(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    throw new Problem(
      'invalid',
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

/** Runs a change to the ring in a folder while nobody else can change it. Throws `conflict` when somebody does. */
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
        'conflict',
        `Somebody is changing the ring in ${dir}. If nobody is, an earlier change was cut off: delete ${path} and try again.`,
      )
    throw new Problem('invalid', `${dir} cannot be written: ${code}.`)
  }
}
