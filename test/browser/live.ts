import type { Test } from 'tap'
import { listen } from '../../src/main.ts'
import { sqliteDatabase } from '../help/databases.ts'
import { freePort } from '../help/free-port.ts'
import { linkIn, runMails, startWithMail } from '../help/mails.ts'
import type { Clock } from '../help/start.ts'

export type Live = Awaited<ReturnType<typeof live>>

/** A Blazon that listens on this machine and hands its mails to a mail server of its own. */
export async function live(t: Test, clock?: Clock) {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const settings = { PUBLIC_URL: origin }
  const blazon = await startWithMail(t, await sqliteDatabase(t), {
    settings,
    ...(clock && { clock }),
  })
  await listen(blazon, { host: '127.0.0.1', port })
  return { ...blazon, origin }
}

/** Sends the mails that are due; answers the link in the last one that arrived. */
export async function lastLink(blazon: Live): Promise<string> {
  await runMails(blazon)
  const link = linkIn(blazon.inbox.mails.at(-1)?.mail.text)
  if (!link) throw new Error('no mail with a link arrived')
  return link
}
