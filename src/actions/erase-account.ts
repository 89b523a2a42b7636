import type { Account } from '../domain/account.ts'
import {
  attemptMark,
  bodyMark,
  type Copies,
  erasedAttempts,
  type Mark,
  resultMark,
} from '../domain/erasure.ts'
import type { CandidateKey } from '../domain/person.ts'
import { Problem } from '../problem.ts'
import { findAccount, lockAccount } from '../storage/accounts.ts'
import { writeAudit } from '../storage/audit.ts'
import { inTransaction } from '../storage/database.ts'
import {
  eraseBadge,
  eraseCandidate,
  erasePerson,
  eraseResult,
  eraseAccount as forgetAccount,
} from '../storage/erase.ts'
import {
  keepErasedCredentials,
  keepErasedResult,
  replaceErasedAttempts,
  revokeErased,
} from '../storage/erased.ts'
import { eraseMails } from '../storage/mails.ts'
import { findCandidates } from '../storage/people.ts'
import { findLastMessages } from '../storage/result-messages.ts'
import { countChange } from '../storage/status-lists.ts'
import { type Judged, judgePerson } from './judge-person.ts'
import { lockPeople } from './lock-people.ts'
import { peopleOfAccount } from './people-of-account.ts'
import { ownerActor } from './sign-in.ts'
import type { Tools } from './tools.ts'

type Asked = { accountId: string; copies: Copies }

/**
 * Erases whoever is signed in: the account, the people that it is, their results, badges and mails. What stays are marks that tell
 * nothing without the key ring, days of failures that a wait still rests on, and the random ids that verifiers ask for (privacy,
 * decisions on record). One transaction. Throws `unavailable` where the key ring has no secret for the marks.
 */
export async function eraseAccount(tools: Tools, { accountId, copies }: Asked): Promise<void> {
  const { mark } = tools.keyring
  if (!mark)
    throw new Problem(
      'unavailable',
      'Nothing was erased: the key ring has no identity.key, so a result that is sent again would come back. Ask the programme to restore it.',
    )
  await inTransaction(tools.db, async (db) => {
    const inside = { ...tools, db }
    await lockAccount(db, accountId)
    const account = await findAccount(db, accountId)
    if (!account) return
    for (const personId of await lockPeople(inside, await candidatesOf(inside, account)))
      await eraseOne(inside, { personId, mark, copies })
    await tools.mailer.forget(await eraseMails(db, { accountId, emails: emailsOf(account) }))
    await forgetAccount(db, accountId)
    const actor = ownerActor(accountId)
    await writeAudit(db, { at: tools.now(), actor, action: 'account.erased', subject: accountId })
  })
}

function emailsOf({ addresses }: Account) {
  return addresses.map(({ email }) => email)
}

/** Every candidate of the people that the account is. */
async function candidatesOf({ db }: Tools, account: Account): Promise<CandidateKey[]> {
  const all: CandidateKey[] = []
  for (const personId of await peopleOfAccount(db, account))
    all.push(...(await findCandidates(db, personId)))
  return all
}

type One = { personId: string; mark: Mark; copies: Copies }

async function eraseOne(tools: Tools, { personId, mark, copies }: One) {
  const { db, now, programmes, mailer } = tools
  const judged = await judgePerson(tools, personId)
  const { candidates, judgement, results, badges } = judged
  const { policies } = programmes.current().programme
  await replaceErasedAttempts(
    db,
    markedFamilies(tools, judged, mark),
    erasedAttempts(mark, candidates, judgement.ledgers, policies.retakeWaits),
  )
  for (const result of results) {
    const [last] = await findLastMessages(db, result, 1)
    if (!last) continue
    const erased = { mark: resultMark(mark, result), bodyMark: bodyMark(mark, last.bodyHash) }
    await keepErasedResult(db, { ...erased, revision: last.revision }, now())
  }
  for (const badge of badges) {
    await mailer.forget(await eraseMails(db, { badgeId: badge.id }))
    const of = resultMark(mark, badge)
    await keepErasedCredentials(db, badge.id, of)
    await eraseBadge(db, badge.id)
  }
  for (const result of results) {
    if (copies === 'revoke') await revokeCopies(tools, resultMark(mark, result))
    await eraseResult(db, result)
  }
  for (const candidate of candidates) await eraseCandidate(db, candidate)
  await erasePerson(db, personId)
}

function markedFamilies({ programmes }: Tools, { candidates }: Judged, mark: Mark): string[] {
  const families = new Set(programmes.current().programme.exams.map(({ family }) => family))
  return candidates.flatMap((candidate) =>
    [...families].map((family) => attemptMark(mark, candidate, family)),
  )
}

/** Revokes what an erased result left behind, in the lists that files ask. */
export async function revokeCopies({ db }: Pick<Tools, 'db'>, of: string): Promise<void> {
  for (const list of await revokeErased(db, of, 'withdrawn')) await countChange(db, list)
}
