import type { Badge, Recipient } from '../../domain/badge/badge.ts'
import { isHashOf } from '../../domain/people/mail-address.ts'
import { findAccount } from '../../storage/accounts/accounts.ts'
import { findCandidates, findPerson } from '../../storage/results/people.ts'
import type { Tools } from '../tools/tools.ts'
import { newRecipient } from './reserve-badge.ts'

/**
 * The recipient of another credential, with a salt of its own (conformance 1.8): the address behind `recipient`, if its
 * holder still has that address on record; otherwise `recipient` itself.
 */
export async function credentialSalt(
  { db, random }: Pick<Tools, 'db' | 'random'>,
  badge: Badge,
  recipient: Recipient | null = badge.recipient,
): Promise<Recipient | null> {
  if (!recipient) return null
  const person = await findPerson(db, { source: badge.source, id: badge.candidateId })
  const candidates = person === undefined ? [] : await findCandidates(db, person)
  const account = badge.accountId === null ? undefined : await findAccount(db, badge.accountId)
  const known = [...candidates, ...(account?.addresses ?? [])].map(({ email }) => email)
  const email = known.find((each) => isHashOf(recipient, each))
  return email === undefined ? recipient : newRecipient(email, random)
}
