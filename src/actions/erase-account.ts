import type { ErasureAnswer } from '../../schemas/candidate.ts'
import type { Account } from '../domain/account.ts'
import type { Copies, Mark } from '../domain/erasure.ts'
import { instantAfter } from '../domain/job.ts'
import type { CandidateKey } from '../domain/person.ts'
import { handleMark, handleRest } from '../domain/profile.ts'
import { Problem } from '../problem.ts'
import { findAccount, findAccountId, lockAccount } from '../storage/accounts.ts'
import { writeAudit } from '../storage/audit.ts'
import { type Db, inTransaction } from '../storage/database.ts'
import { eraseLinksTo, eraseAccount as forgetAccount } from '../storage/erase.ts'
import { eraseMails } from '../storage/mails.ts'
import { findOwnersOf } from '../storage/owned-badges.ts'
import { findCandidates, findPerson } from '../storage/people.ts'
import { dropFormerHandles, dropProfile, findProfileOf, restHandle } from '../storage/profiles.ts'
import { erasePerson } from './erase-person.ts'
import { lockPeople } from './lock-people.ts'
import { peopleOfAccount } from './people-of-account.ts'
import { ownerActor } from './sign-in.ts'
import type { Actor, Tools } from './tools.ts'

/**
 * Erases whoever is signed in: the account and the people that it is. What stays is what `erasePerson` says. One transaction.
 * Throws `unavailable` where the key ring has no secret for the marks.
 */
export async function eraseAccount(
  tools: Tools,
  { accountId, copies }: { accountId: string; copies: Copies },
): Promise<void> {
  const mark = markOf(tools)
  await inTransaction(tools.db, async (db) => {
    const inside = { ...tools, db }
    await lockAccount(db, accountId)
    await eraseOne(inside, { accountId, mark, copies, actor: ownerActor(accountId) })
  })
}

/**
 * Erases somebody whom an exam system knows, for an operator: people write who cannot sign in. An account of theirs goes, too, with
 * everybody else that it is. One transaction; asked again, there is nobody any more. Throws `not-found`, and `unavailable` where the
 * key ring has no secret for the marks.
 */
export async function eraseCandidate(
  tools: Tools,
  { candidate, copies, actor }: { candidate: CandidateKey; copies: Copies; actor: Actor },
): Promise<ErasureAnswer> {
  const mark = markOf(tools)
  return inTransaction(tools.db, async (db) => {
    const inside = { ...tools, db }
    const personId = await findPerson(db, candidate)
    if (personId === undefined)
      throw new Problem(
        'not-found',
        `There is no candidate ${candidate.id} of ${candidate.source}; whoever was erased is not there any more.`,
      )
    const candidates = await findCandidates(db, personId)
    const emails = candidates.map(({ email }) => email).filter((email) => email !== '')
    const accounts = await accountsOf(db, personId, emails)
    for (const accountId of accounts) await lockAccount(db, accountId)
    for (const accountId of accounts) await eraseOne(inside, { accountId, mark, copies, actor })
    if ((await findPerson(db, candidate)) !== undefined)
      for (const still of await lockPeople(inside, candidates))
        await erasePerson(inside, { personId: still, mark, copies })
    await eraseAddresses(inside, emails)
    await writeAudit(db, { at: tools.now(), actor, action: 'person.erased', subject: personId })
    return { candidates: candidates.map(({ source, id }) => ({ source, id })) }
  })
}

function markOf({ keyring: { mark } }: Pick<Tools, 'keyring'>): Mark {
  if (mark) return mark
  throw new Problem(
    'unavailable',
    'Nothing was erased: the key ring has no identity.key, so a result that is sent again would come back. Ask the programme to restore it.',
    [],
    { word: 'problem.no-erasing' },
  )
}

/** Who proved an address of a person, or claimed a badge of theirs. */
async function accountsOf(db: Db, personId: string, emails: string[]): Promise<string[]> {
  const accounts = new Set(await findOwnersOf(db, personId))
  for (const email of emails) {
    const accountId = await findAccountId(db, email)
    if (accountId !== undefined) accounts.add(accountId)
  }
  return [...accounts].toSorted()
}

type One = { accountId: string; mark: Mark; copies: Copies; actor: Actor }

async function eraseOne(tools: Tools, { accountId, mark, copies, actor }: One) {
  const { db, mailer, now } = tools
  const account = await findAccount(db, accountId)
  if (!account) return
  for (const personId of await lockPeople(tools, await candidatesOf(tools, account)))
    await erasePerson(tools, { personId, mark, copies })
  const emails = account.addresses.map(({ email }) => email)
  await mailer.forget(await eraseMails(db, { accountId }))
  await eraseAddresses(tools, emails)
  await eraseProfile(tools, accountId, mark)
  await forgetAccount(db, accountId)
  await writeAudit(db, { at: now(), actor, action: 'account.erased', subject: accountId })
}

/** A profile and its handles; what stays is a mark of each, so that nobody else answers at an address that was theirs. */
async function eraseProfile({ db, now }: Tools, accountId: string, mark: Mark) {
  const profile = await findProfileOf(db, accountId)
  const until = instantAfter(now(), handleRest)
  const handles = [
    ...(await dropFormerHandles(db, accountId)),
    ...(profile ? [{ handle: profile.handle, until }] : []),
  ]
  await dropProfile(db, accountId)
  for (const { handle, until } of handles)
    await restHandle(db, { handle: handleMark(mark, handle), accountId: null, until })
}

/** Mails that went to addresses, and links that are on their way there. */
async function eraseAddresses({ db, mailer }: Tools, emails: string[]) {
  await mailer.forget(await eraseMails(db, { emails }))
  await eraseLinksTo(db, emails)
}

/** Every candidate of the people that the account is. */
async function candidatesOf({ db }: Tools, account: Account): Promise<CandidateKey[]> {
  const all: CandidateKey[] = []
  for (const personId of await peopleOfAccount(db, account))
    all.push(...(await findCandidates(db, personId)))
  return all
}
