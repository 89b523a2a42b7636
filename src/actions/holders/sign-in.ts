import { type Account, ownerActor } from '../../domain/people/account.ts'
import {
  type Session,
  sessionGrace,
  sessionIdle,
  sessionSecretLife,
} from '../../domain/people/session.ts'
import { instantAfter, instantBefore } from '../../domain/work/job.ts'
import { uuid } from '../../domain/work/random-ids.ts'
import { newSecret, secretHash } from '../../domain/work/secret.ts'
import {
  addAccount,
  addAddress,
  dropAccount,
  findAccount,
  findAccountId,
  lockAccount,
} from '../../storage/accounts/accounts.ts'
import {
  endSessions,
  findSession,
  keepSession,
  rotateSession,
  touchSession,
} from '../../storage/accounts/sessions.ts'
import { writeAudit } from '../../storage/audit.ts'
import { spendLink } from '../support/mail-links.ts'
import type { Tools, TxTools } from '../tools/tools.ts'
import { transaction } from '../tools/transaction.ts'

/** The result of signing in: the secret of the session, for a cookie. */
export type SignedIn = { accountId: string; secret: string }

/** The signed-in account; `secret` is set when it was changed, and the cookie must follow. */
export type Owner = { account: Account; session: Session; secret?: string }

type Arrival = { secret: string; agent: string }

/** Uses a sign-in link and opens a session. Undefined if the link was used before, or has expired. */
export async function signIn(
  tools: Tools,
  { secret, agent }: Arrival,
): Promise<SignedIn | undefined> {
  return transaction(tools, async (tools) => {
    const link = await spendLink(tools, 'sign-in', secret)
    return link && openSession(tools, { email: link.email, agent })
  })
}

/**
 * Opens a session for an address that was just proved, in the transaction that `tools.db` is. An address without an
 * account gets one. The secret is always new, so that nobody can fix it beforehand.
 */
export async function openSession(
  tools: TxTools,
  { email, agent }: { email: string; agent: string },
): Promise<SignedIn> {
  const { db, random, now } = tools
  const accountId = await accountOf(tools, email)
  const { secret, hash } = newSecret(random)
  const at = now()
  const id = uuid(random)
  const expiresAt = instantAfter(at, sessionIdle)
  const times = { createdAt: at, rotatedAt: at, seenAt: at, expiresAt }
  await keepSession(db, hash, { id, accountId, agent, ...times })
  await writeAudit(db, {
    at,
    actor: ownerActor(accountId),
    action: 'account.signed-in',
    subject: accountId,
  })
  return { accountId, secret }
}

async function accountOf({ db, random, now }: TxTools, email: string): Promise<string> {
  for (;;) {
    const known = await findAccountId(db, email)
    if (known !== undefined && (await lockAccount(db, known))) return known
    const id = uuid(random)
    await addAccount(db, id, now())
    // Another request may have proved the address meanwhile; then its account counts.
    if (await addAddress(db, id, { email, verifiedAt: now(), main: true })) return id
    await dropAccount(db, id)
  }
}

/** The account of a session's cookie, in the browser that received it. Records the use, at most once a minute. */
export async function findOwner(
  tools: Tools,
  { secret, agent }: Arrival,
): Promise<Owner | undefined> {
  const { db, now } = tools
  const graceFrom = instantBefore(now(), sessionGrace)
  const session = await findSession(db, secretHash(secret), { now: now(), graceFrom })
  if (!session || session.agent !== agent) return undefined
  const account = await findAccount(db, session.accountId)
  if (!account) return undefined
  if (Date.parse(now()) - Date.parse(session.seenAt) >= 60_000)
    await touchSession(db, session.id, {
      seenAt: now(),
      expiresAt: instantAfter(now(), sessionIdle),
    })
  const old = instantBefore(now(), sessionSecretLife)
  if (Date.parse(session.rotatedAt) > Date.parse(old)) return { account, session }
  const fresh = await renewSecret(tools, session)
  return { account, session, ...(fresh && { secret: fresh }) }
}

/** Gives a session another secret, for the cookie. Undefined if another request did so meanwhile. */
export async function renewSecret(
  { db, random, now }: Pick<Tools, 'db' | 'random' | 'now'>,
  session: Session,
): Promise<string | undefined> {
  const { secret, hash } = newSecret(random)
  return (await rotateSession(db, session, hash, now())) ? secret : undefined
}

/** Signs a browser out. */
export async function signOut(
  { db }: Pick<Tools, 'db'>,
  { accountId, id }: Session,
): Promise<void> {
  await endSessions(db, accountId, { id })
}
