import {
  type Account,
  ownerActor,
  type Session,
  sessionGrace,
  sessionIdle,
  sessionSecretLife,
} from '../../domain/people/account.ts'
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
import { inTransaction } from '../../storage/database.ts'
import { spendLink } from '../support/mail-links.ts'
import type { Tools } from '../tools/tools.ts'

/** What a browser is told after signing in: the secret of its session, for a cookie. */
export type SignedIn = { accountId: string; secret: string }

/** Who is signed in; `secret` is there when it was changed and the cookie has to be. */
export type Owner = { account: Account; session: Session; secret?: string }

type Arrival = { secret: string; agent: string }

/** Spends a sign-in link and opens a session of its own. Answers nothing when the link was spent before, or ran out. */
export async function signIn(
  tools: Tools,
  { secret, agent }: Arrival,
): Promise<SignedIn | undefined> {
  return inTransaction(tools.db, async (db) => {
    const link = await spendLink({ ...tools, db }, 'sign-in', secret)
    return link && openSession({ ...tools, db }, { email: link.email, agent })
  })
}

/**
 * Opens a session for whoever has just proved an address, inside the transaction that `tools.db` is. An address that no account has
 * makes one. The secret is always a new one, so that nobody can fix it beforehand.
 */
export async function openSession(
  tools: Tools,
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

async function accountOf({ db, random, now }: Tools, email: string): Promise<string> {
  for (;;) {
    const known = await findAccountId(db, email)
    if (known !== undefined && (await lockAccount(db, known))) return known
    const id = uuid(random)
    await addAccount(db, id, now())
    // Somebody else may have proved the address meanwhile; then theirs is the account.
    if (await addAddress(db, id, { email, verifiedAt: now(), main: true })) return id
    await dropAccount(db, id)
  }
}

/** Who a session's cookie belongs to, in the browser that it was given to. Notes that it was used, at most once a minute. */
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

/** Gives a session another secret, for the cookie. Nothing, when somebody did so meanwhile. */
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
