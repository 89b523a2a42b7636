import type { Account } from '../../domain/people/account.ts'
import type { CandidateKey } from '../../domain/rules/person.ts'
import { findOwnedBadges } from '../../storage/badges/holder-badges.ts'
import type { Db } from '../../storage/database.ts'
import { findCandidatesByEmail, findPerson } from '../../storage/results/people.ts'

/**
 * The ids of an account's people: those whose badges it claimed, and those whose address, as exam systems have it, it
 * proved.
 */
export async function peopleOfAccount(db: Db, account: Account): Promise<string[]> {
  const emails = account.addresses.map(({ email }) => email)
  const badges = await findOwnedBadges(db, account.id)
  const keys: CandidateKey[] = [
    ...badges.map(({ source, candidateId }) => ({ source, id: candidateId })),
    ...(await findCandidatesByEmail(db, emails)),
  ]
  const people = new Set<string>()
  for (const key of keys) {
    const personId = await findPerson(db, key)
    if (personId !== undefined) people.add(personId)
  }
  return [...people]
}
