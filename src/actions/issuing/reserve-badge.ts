import { statusListLength } from '../../credentials/status-lists.ts'
import type { Credential, Recipient, ReservedBadge } from '../../domain/badge/badge.ts'
import { certificationNumber } from '../../domain/badge/certification-number.ts'
import { identityHash } from '../../domain/people/identity-hash.ts'
import { normalEmail } from '../../domain/people/mail-address.ts'
import type { ValidPass } from '../../domain/rules/renewals.ts'
import { wholeSeconds } from '../../domain/rules/validity.ts'
import { internalId, type Random, randomIndex, slug, uuid } from '../../domain/work/random-ids.ts'
import { addBadges, takeCertificationNumbers } from '../../storage/badges/badge-changes.ts'
import { addCredentials } from '../../storage/badges/credentials.ts'
import { findTakenPlaces, openStatusList } from '../../storage/badges/status-lists.ts'
import type { TxTools } from '../tools/tools.ts'

type Needs = Pick<TxTools, 'random' | 'now' | 'keyring'>

/** A reserved badge, and the credential that is to be signed for it. */
export type Reserved = { badge: ReservedBadge; credential: Credential }

type Reservation = { link: ValidPass; number: string; renews: string | null }

/**
 * Makes everything about a badge that is fixed before it is signed: every id, the time. All ids that others see are
 * random and independent, so that none leads to another (privacy, rule 3). Records nothing: `keepReserved` or the issue
 * does.
 */
export function reserve(
  tools: Needs,
  { link, number, renews }: Reservation,
  place: Place,
): Reserved {
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
  const credential = newCredential(tools, badge.id, { ...standard, ...place })
  // The hosted assertion and the credential have different salts (conformance 1.8).
  const recipient = badge.recipient && newRecipient(candidate.email, random)
  return { badge, credential: { ...credential, recipient } }
}

/** Records a badge that is not signed yet. */
export async function keepReserved(
  { db }: Pick<TxTools, 'db'>,
  { badge, credential }: Reserved,
): Promise<void> {
  await addBadges(db, [badge])
  await addCredentials(db, [{ credential }])
}

/** What distinguishes one credential of a badge from the others. */
export type Variant = Pick<Credential, 'kind' | 'name' | 'recipient'>
export const standard: Variant = { kind: 'standard', name: null, recipient: null }

/** The ids and the place of a credential before it is signed. */
export function newCredential(
  { random, now }: Pick<TxTools, 'random' | 'now'>,
  badgeId: string,
  { kind, name, recipient, statusList, statusIndex }: Variant & Place,
): Credential {
  return {
    id: internalId(random, now()),
    badgeId,
    kind,
    name,
    recipient,
    assertionId: uuid(random),
    credentialId: uuid(random),
    statusList,
    statusIndex,
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
    const number = drawNumber(random, prefix)
    if ((await takeCertificationNumbers(db, [number])) === 1) return number
  }
}

/** A random certification number, which may be taken. */
export function drawNumber(random: Random, prefix: string): string {
  return certificationNumber(prefix, random(9))
}

/** A place in a status list. */
export type Place = Pick<Credential, 'statusList' | 'statusIndex'>

/** A free place, each equally likely, in a list that is less than half full (conformance 12.4). */
export async function newPlace(tools: Pick<TxTools, 'db' | 'random'>): Promise<Place> {
  const [place] = await newPlaces(tools, 1)
  return place as Place
}

/** The same for several credentials, all in one list. */
export async function newPlaces(
  { db, random }: Pick<TxTools, 'db' | 'random'>,
  count: number,
): Promise<Place[]> {
  const statusList = await openStatusList(db, { count, wellFilled: statusListLength / 2 })
  const free = new Set<number>()
  while (free.size < count) {
    const places = Array.from({ length: count - free.size }, () =>
      randomIndex(random, statusListLength),
    )
    const taken = new Set(await findTakenPlaces(db, { list: statusList, places }))
    for (const place of places) if (!taken.has(place)) free.add(place)
  }
  return [...free].map((statusIndex) => ({ statusList, statusIndex }))
}
