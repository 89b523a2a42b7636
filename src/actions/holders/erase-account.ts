import type { ErasureAnswer } from '../../../schemas/candidate.ts'
import type { Copies, Pseudonymise } from '../../domain/holders/erasure.ts'
import { handlePseudonym, handleRest } from '../../domain/holders/profile.ts'
import type { Account } from '../../domain/people/account.ts'
import { ownerActor } from '../../domain/people/account.ts'
import type { CandidateKey, Person } from '../../domain/rules/person.ts'
import { instantAfter } from '../../domain/work/job.ts'
import { Problem } from '../../problem.ts'
import { findAccount, findAccountId, lockAccount } from '../../storage/accounts/accounts.ts'
import {
  dropFormerHandles,
  dropProfile,
  findProfileOf,
  reserveHandle,
} from '../../storage/accounts/profiles.ts'
import { writeAudit } from '../../storage/audit.ts'
import { findOwnersOf } from '../../storage/badges/holder-badges.ts'
import type { Db } from '../../storage/database.ts'
import { eraseLinksTo, eraseAccount as forgetAccount } from '../../storage/erasure/erase.ts'
import { eraseMails } from '../../storage/mails/mails.ts'
import { keptSpelling } from '../../storage/results/candidate-spelling.ts'
import { findCandidates, findPerson } from '../../storage/results/people.ts'
import type { Mints } from '../issuing/sign-badges.ts'
import { signBadges } from '../issuing/sign-badges.ts'
import { peopleOfAccount } from '../support/people-of-account.ts'
import type { Actor, Tools, TxTools } from '../tools/tools.ts'
import { transaction } from '../tools/transaction.ts'
import { eraseCandidates } from './erase-candidates.ts'

/**
 * Erases the signed-in account and its people. `erasePerson` says what remains. One transaction. Throws `unavailable`
 * if the key ring has no secret for pseudonyms.
 */
export async function eraseAccount(
  tools: Tools,
  { accountId, copies }: { accountId: string; copies: Copies },
): Promise<void> {
  const pseudonymise = pseudonymiseOf(tools)
  const actor = ownerActor(accountId)
  const mints = await transaction(tools, async (tools) => {
    const { db } = tools
    await lockAccount(db, accountId)
    return eraseOne(tools, { accountId, pseudonymise, copies, actor })
  })
  await signBadges(tools, mints, actor)
}

/**
 * Erases a candidate of an exam system, for an operator: some people write who cannot sign in. Their accounts are
 * erased, too, with all other people of those accounts. One transaction. Throws `not-found`, also when repeated, and
 * `unavailable` if the key ring has no secret for pseudonyms.
 */
export async function eraseCandidate(
  tools: Tools,
  { candidate: asked, copies, actor }: { candidate: CandidateKey; copies: Copies; actor: Actor },
): Promise<ErasureAnswer> {
  const pseudonymise = pseudonymiseOf(tools)
  const { answer, mints } = await transaction(tools, async (tools) => {
    const { db } = tools
    const candidate = await keptSpelling(db, asked)
    const personId = await findPerson(db, candidate)
    const candidates = personId === undefined ? [candidate] : await findCandidates(db, personId)
    const emails = await emailsOf(db, personId)
    const accounts = personId === undefined ? [] : await accountsOf(db, personId, emails)
    const mints: Mints = []
    for (const accountId of accounts) await lockAccount(db, accountId)
    for (const accountId of accounts)
      mints.push(...(await eraseOne(tools, { accountId, pseudonymise, copies, actor })))
    const rest = await eraseCandidates(tools, { candidates, emails, pseudonymise, copies, actor })
    mints.push(...rest.mints)
    if (personId === undefined && !rest.found)
      throw new Problem(
        'not-found/no-such-candidate',
        `There is no candidate ${candidate.id} of ${candidate.source}; an erased candidate is not there any more.`,
      )
    await eraseAddresses(tools, emails)
    const subject = personId ?? `${candidate.source}/parked`
    await writeAudit(db, { at: tools.now(), actor, action: 'person.erased', subject })
    return { answer: { candidates: candidates.map(({ source, id }) => ({ source, id })) }, mints }
  })
  await signBadges(tools, mints, actor)
  return answer
}

function pseudonymiseOf({ keyring: { pseudonymise } }: Pick<Tools, 'keyring'>): Pseudonymise {
  if (pseudonymise) return pseudonymise
  throw new Problem(
    'unavailable/no-identity-key',
    'Nothing was erased: the key ring has no identity.key, so a result that is sent again would come back. Ask the programme to restore it.',
    [],
    { word: 'problem.no-erasing' },
  )
}

async function emailsOf(db: Db, personId: string | undefined): Promise<string[]> {
  const candidates = personId === undefined ? [] : await findCandidates(db, personId)
  return candidates.map(({ email }) => email).filter((email) => email !== '')
}

/** The accounts that proved an address of a person, or claimed one of their badges. */
async function accountsOf(db: Db, personId: string, emails: string[]): Promise<string[]> {
  const accounts = new Set(await findOwnersOf(db, personId))
  for (const email of emails) {
    const accountId = await findAccountId(db, email)
    if (accountId !== undefined) accounts.add(accountId)
  }
  return [...accounts].toSorted()
}

type One = { accountId: string; pseudonymise: Pseudonymise; copies: Copies; actor: Actor }

async function eraseOne(
  tools: TxTools,
  { accountId, pseudonymise, copies, actor }: One,
): Promise<Mints> {
  const { db, mailer, now } = tools
  const account = await findAccount(db, accountId)
  if (!account) return []
  const emails = account.addresses.map(({ email }) => email)
  const candidates = await candidatesOf(tools, account)
  const all = [...emails, ...candidates.map(({ email }) => email)]
  const { mints } = await eraseCandidates(tools, {
    candidates,
    emails: all,
    pseudonymise,
    copies,
    actor,
  })
  await mailer.forget(await eraseMails(db, { accountId }))
  await eraseAddresses(tools, emails)
  await eraseProfile(tools, accountId, pseudonymise)
  await forgetAccount(db, accountId)
  await writeAudit(db, { at: now(), actor, action: 'account.erased', subject: accountId })
  return mints
}

/**
 * Deletes a profile and its handles, and keeps a pseudonym of each handle, so that no other account takes their
 * addresses.
 */
async function eraseProfile({ db, now }: TxTools, accountId: string, pseudonymise: Pseudonymise) {
  const profile = await findProfileOf(db, accountId)
  const until = instantAfter(now(), handleRest)
  const handles = [
    ...(await dropFormerHandles(db, accountId)),
    ...(profile ? [{ handle: profile.handle, until }] : []),
  ]
  await dropProfile(db, accountId)
  for (const { handle, until } of handles)
    await reserveHandle(db, {
      handle: handlePseudonym(pseudonymise, handle),
      accountId: null,
      until,
    })
}

/** Deletes mails to addresses, and links that are to be mailed to them. */
async function eraseAddresses({ db, mailer }: TxTools, emails: string[]) {
  await mailer.forget(await eraseMails(db, { emails }))
  await eraseLinksTo(db, emails)
}

/** Every candidate of the account's people. */
async function candidatesOf({ db }: Tools, account: Account): Promise<Person[]> {
  const all: Person[] = []
  for (const personId of await peopleOfAccount(db, account))
    all.push(...(await findCandidates(db, personId)))
  return all
}
