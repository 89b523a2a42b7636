import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { SendMailOptions } from 'nodemailer'
import { Problem } from '../problem.ts'
import type { Handed } from './handed.ts'

/** A mail as the bytes that a server would be sent. */
async function inMemory(options: SendMailOptions) {
  const { createTransport } = await import('nodemailer')
  return createTransport({ streamTransport: true, buffer: true, newline: 'windows' }).sendMail(
    options,
  )
}

/**
 * Writes mails to a folder, one file each, which any mail program opens. A file is complete or absent. Its name comes
 * from the Message-ID, so writing a mail again replaces its file. Only the user of the process can read the files,
 * because they contain links.
 */
export function mailFolder(folder: string) {
  return {
    write: async (messageId: string, options: SendMailOptions): Promise<Handed> => {
      const { message } = await inMemory(options)
      const name = nameOf(messageId)
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await writeWhole(join(folder, name), message as Buffer)
      } catch {
        throw new Problem(
          'unavailable/mail-folder-not-writable',
          'The folder of MAIL_DIR cannot be written to.',
        )
      }
      return { state: 'sent', answer: `Written to ${name}.` }
    },
    forget: async (messageIds: string[]) => {
      for (const messageId of messageIds) await rm(join(folder, nameOf(messageId)), { force: true })
    },
  }
}

function nameOf(messageId: string) {
  return `${messageId.replace(/^<|@.*$/g, '')}.eml`
}

async function writeWhole(path: string, bytes: Buffer) {
  const file = await open(`${path}.part`, 'w', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.part`, path)
}
