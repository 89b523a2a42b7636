import { type LinkRequest, payloadOf } from '../../domain/holders/job-payloads.ts'
import type { LinkMailKind } from '../../domain/holders/mail.ts'
import { linkAwaited } from '../../domain/people/mail-link.ts'
import { instantAfter, type Job } from '../../domain/work/job.ts'
import { findAccount, findAccountId } from '../../storage/accounts/accounts.ts'
import { hasOpenBadge } from '../../storage/badges/holder-badges.ts'
import { erasePayload } from '../../storage/jobs/job-payloads.ts'
import type { Tools } from '../tools/tools.ts'
import { sendOnce } from './send-mail.ts'
import { writeLinkMail } from './write-mail.ts'

/**
 * Mails the link of a job: to sign in, if the address is known, or to prove the address. Then it deletes the address
 * from the job. Throws `unavailable` when the mail must be tried again.
 */
export async function sendLink(
  tools: Tools,
  job: Pick<Job, 'key' | 'kind' | 'payload'>,
  signal?: AbortSignal,
): Promise<void> {
  const { key } = job
  const kind = job.kind as LinkMailKind
  const asked = payloadOf(job, kind)
  if (asked.email !== undefined && isAwaited(tools, asked))
    await mailLink(tools, { key, kind, ...asked, email: asked.email }, signal)
  await erasePayload(tools.db, key)
}

function isAwaited({ now }: Tools, { at = '' }: LinkRequest) {
  return Date.parse(instantAfter(at, linkAwaited)) > Date.parse(now())
}

type Link = { key: string; kind: LinkMailKind; email: string; accountId?: string; lang?: string }

async function mailLink(tools: Tools, link: Link, signal?: AbortSignal) {
  const { key, kind, email } = link
  const accountId = link.accountId ?? (await findAccountId(tools.db, email))
  const known = accountId
    ? await findAccount(tools.db, accountId)
    : await hasOpenBadge(tools.db, email)
  if (!known) return
  const about = { job: key, kind, badgeId: null, accountId: accountId ?? null, email }
  await sendOnce(tools, about, signal, () =>
    writeLinkMail(tools, {
      kind,
      email,
      ...(link.accountId && { accountId: link.accountId }),
      ...(link.lang && { lang: link.lang }),
    }),
  )
}
