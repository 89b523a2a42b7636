import type { LinkRequest } from '../../domain/holders/job-payloads.ts'
import { isMailAddress, type LinkMailKind } from '../../domain/holders/mail.ts'
import { normalEmail } from '../../domain/people/mail-address.ts'
import { linksWhile, mostLinks } from '../../domain/people/mail-link.ts'
import { instantAfter, instantBefore } from '../../domain/work/job.ts'
import { uuid } from '../../domain/work/random-ids.ts'
import { secretHash } from '../../domain/work/secret.ts'
import { inTransaction } from '../../storage/database.ts'
import { planJobs } from '../../storage/jobs/jobs.ts'
import { keepAsked, lockAsked, pruneAsked } from '../../storage/mails/mail-limits.ts'
import type { Tools } from '../tools/tools.ts'

/** Where to mail a link, and in which language. */
type Asked = { email: string; lang?: string }

/**
 * Requests a sign-in link by mail. It looks up no account: the job does that later, so that neither the answer nor its
 * duration reveals whether the address is known. Above the limit for one address it does nothing, known or not.
 */
export function requestSignIn(tools: Tools, asked: Asked): Promise<void> {
  return request(tools, { kind: 'sign-in', ...asked })
}

/**
 * Requests a link, by mail, that proves another address of the signed-in account. The limit is that of sign-in links.
 */
export function requestAddress(tools: Tools, asked: Asked & { accountId: string }): Promise<void> {
  return request(tools, { kind: 'address', ...asked })
}

type Wanted = Asked & { kind: LinkMailKind; accountId?: string }

async function request(tools: Tools, wanted: Wanted) {
  const { db, random, now } = tools
  const email = normalEmail(wanted.email)
  if (!isMailAddress(email)) return
  const at = now()
  await pruneAsked(db, at)
  await inTransaction(db, async (tx) => {
    const requester = requesterOf(tools, email)
    const before = await lockAsked(tx, requester, at)
    const since = instantBefore(at, linksWhile)
    const asked = before.filter((each) => Date.parse(each) > Date.parse(since))
    if (asked.length >= mostLinks) return
    await keepAsked(tx, requester, { asked: [...asked, at], until: instantAfter(at, linksWhile) })
    const { kind } = wanted
    const payload = { ...wanted, email, at } satisfies LinkRequest & { kind: LinkMailKind }
    await planJobs(tx, [{ kind, key: `${kind}:${uuid(random)}`, payload, runAt: at }])
  })
}

/**
 * The pseudonym under which requests for an address are counted. A key ring without a secret gives a plain hash, kept
 * for an hour.
 */
function requesterOf({ keyring }: Tools, email: string) {
  const text = `mailed links ${email}`
  return keyring.pseudonymise?.(text) ?? secretHash(text)
}
