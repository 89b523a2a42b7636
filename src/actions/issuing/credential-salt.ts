import type { Badge, Recipient } from '../../domain/badge/badge.ts'
import { isHashOf } from '../../domain/people/mail-address.ts'
import { findAccount } from '../../storage/accounts/accounts.ts'
import { findCandidates, findPerson } from '../../storage/results/people.ts'
import type { Tools } from '../tools/tools.ts'
import { newRecipient } from './reserve-badge.ts'

/**
 * The recipient of one more credential under a salt of its own (conformance 1.8): the address that `recipient` hides, where it is one
 * that its holder still has on record; otherwise `recipient` as it is.
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
