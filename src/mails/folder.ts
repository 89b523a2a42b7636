import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport, type SendMailOptions } from 'nodemailer'
import { Problem } from '../problem.ts'
import type { Handed } from './handed.ts'

/**
 * Writes mails to a folder, each a file that any mail program opens. A file is there whole or not at all, and its name comes from
 * the Message-ID, so a mail that is written again takes its own place. Only the owner may read them: they hold links.
 */
export function mailFolder(folder: string) {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  return {
    write: async (messageId: string, options: SendMailOptions): Promise<Handed> => {
      const { message } = await transport.sendMail(options)
      const name = nameOf(messageId)
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await writeWhole(join(folder, name), message as Buffer)
      } catch {
        throw new Problem('unavailable', 'The folder of MAIL_DIR cannot be written to.')
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
