import type { Test } from 'tap'
import type { MailList } from '../../schemas/mail.ts'
import { handlers } from '../../src/jobs/handlers.ts'
import { runDueJobs } from '../../src/jobs/run-jobs.ts'
import type { Database } from './databases.ts'
import { type Inbox, inbox } from './smtp.ts'
import { type Clock, type Started, start } from './start.ts'

/** Runs the mail jobs that are due, as a running Blazon would. */
export function runMails({ tools }: Pick<Started, 'tools'>): Promise<number> {
  const { mail, 'sign-in': signIn, address } = handlers
  return runDueJobs(tools, { mail, 'sign-in': signIn, address } as typeof handlers)
}

/** A Blazon with a mail server of its own. */
export async function startWithMail(
  t: Test,
  database: Database,
  { clock, settings = {} }: { clock?: Clock; settings?: Record<string, string> } = {},
): Promise<Started & { inbox: Inbox }> {
  const server = await inbox(t)
  const blazon = await start(t, {
    database,
    ...(clock && { clock }),
    settings: { SMTP_URL: server.url, ...settings },
  })
  return { ...blazon, inbox: server }
}

/** The mails of a badge, as the API shows them to operators. */
export async function mailsOf({ app, auth }: Started, id: string) {
  const answer = await app.inject({ url: `/v1/badges/${id}/mails`, headers: auth })
  return (answer.json() as MailList).mails
}

/** The address of a mail's button, from its text. */
export function linkIn(text: string | undefined): string {
  return /^https?:\/\/\S+\/(claim|sign-in|address|my)\/\S+$/m.exec(text ?? '')?.[0] ?? ''
}
