import { statusListLength } from '../../credentials/status-lists.ts'
import type { Credential, Recipient, ReservedBadge } from '../../domain/badge/badge.ts'
import { certificationNumber } from '../../domain/badge/certification-number.ts'
import { identityHash } from '../../domain/people/identity-hash.ts'
import { normalEmail } from '../../domain/people/mail-address.ts'
import type { ValidPass } from '../../domain/rules/renewals.ts'
import { wholeSeconds } from '../../domain/rules/validity.ts'
import { internalId, type Random, randomIndex, slug, uuid } from '../../domain/work/random-ids.ts'
import { addBadge, takeCertificationNumber } from '../../storage/badges/badge-changes.ts'
import { addCredential } from '../../storage/badges/credentials.ts'
import { isPlaceTaken, openStatusList } from '../../storage/badges/status-lists.ts'
import type { Tx } from '../../storage/database.ts'
import type { TxTools } from '../tools/tools.ts'

type Needs = Pick<TxTools, 'db' | 'random' | 'now' | 'keyring'>

/** A reserved badge, and the credential that is to be signed for it. */
export type Reserved = { badge: ReservedBadge; credential: Credential }

type Reservation = { link: ValidPass; number: string; renews: string | null }

/**
 * Makes everything about a badge that is fixed before it is signed: every id, the place in the status list, the time. All ids that
 * others see are random and independent, so that none leads to another (privacy, rule 3). Takes
 * the place; `keepReserved` or the issue records the rest.
 */
export async function reserve(
  tools: Needs,
  { link, number, renews }: Reservation,
): Promise<Reserved> {
  const { random, now, keyring } = tools
  const { result, finalMessage, exam, version } = link.attempt
  const { policies } = version.programme
  const { candidate } = result.message
  const badge: ReservedBadge = {
    id: internalId(random, now()),
    slug: slug(random),
    hostedId: slug(random),
    subjectId: uuid(random),
    source: result.source,
    resultId: result.resultId,
    revision: result.revision,
    candidateId: candidate.id,
    holder: { fullName: candidate.fullName, latinName: candidate.latinName ?? null },
    exam: finalMessage.exam,
    achievement: exam.achievement,
    programmeVersion: version.version,
    certificationNumber: number,
    ...link.validity,
    score: exam.showScore && finalMessage.score !== undefined ? finalMessage.score : null,
    recipient: policies.emailIdentifier ? newRecipient(candidate.email, random) : null,
    hostedKey: keyring.active('RS256'),
    statusMethod: policies.statusMethod,
    visibility: 'private',
    nameDisplay: policies.nameDisplay,
    discoverable: false,
    showExpired: true,
    reservedAt: wholeSeconds(now()),
    issuedAt: null,
    suspendedAt: null,
    suspendedBy: null,
    revokedAt: null,
    revokedClass: null,
    revokedBy: null,
    changes: 0,
    renews,
    accountId: null,
    claimedAt: null,
    declinedAt: null,
  }
  const credential = await newCredential(tools, badge.id, standard)
  // The hosted assertion and the credential have different salts (conformance 1.8).
  const recipient = badge.recipient && newRecipient(candidate.email, random)
  return { badge, credential: { ...credential, recipient } }
}

/** Records a badge that is not signed yet. */
export async function keepReserved(
  { db }: Pick<TxTools, 'db'>,
  { badge, credential }: Reserved,
): Promise<void> {
  await addBadge(db, badge)
  await addCredential(db, credential)
}

/** What distinguishes one credential of a badge from the others. */
export type Variant = Pick<Credential, 'kind' | 'name' | 'recipient'>
export const standard: Variant = { kind: 'standard', name: null, recipient: null }

/** The ids and the place of a credential before it is signed. */
export async function newCredential(
  { db, random, now }: Pick<TxTools, 'db' | 'random' | 'now'>,
  badgeId: string,
  { kind, name, recipient }: Variant,
): Promise<Credential> {
  return {
    id: internalId(random, now()),
    badgeId,
    kind,
    name,
    recipient,
    assertionId: uuid(random),
    credentialId: uuid(random),
    ...(await newPlace(db, random)),
    reservedAt: wholeSeconds(now()),
    dataIntegrity: null,
    assertionJws: null,
    assertionKey: null,
    credentialJwt: null,
    replacedAt: null,
  }
}

/** An address as files carry it, with a fresh salt. */
export function newRecipient(email: string, random: Random): Recipient {
  const salt = Buffer.from(random(16)).toString('hex') // conformance 1.8: fresh for each
  return { hash: identityHash(normalEmail(email), salt), salt }
}

/** A new certification number, recorded as taken. */
export async function newNumber(
  { db, random }: Pick<TxTools, 'db' | 'random'>,
  prefix: string,
): Promise<string> {
  for (;;) {
    const number = certificationNumber(prefix, random(9))
    if (await takeCertificationNumber(db, number)) return number
  }
}

/** A free place, each equally likely, in a list that is less than half full (conformance 12.4). */
async function newPlace(db: Tx, random: Random) {
  const statusList = await openStatusList(db, statusListLength / 2)
  for (;;) {
    const statusIndex = randomIndex(random, statusListLength)
    if (!(await isPlaceTaken(db, statusList, statusIndex))) return { statusList, statusIndex }
  }
}
