import { statusListLength } from '../credentials/status-lists.ts'
import type { Award } from '../domain/award.ts'
import type { Recipient } from '../domain/badge.ts'
import { certificationNumber } from '../domain/certification-number.ts'
import { identityHash, normalEmail } from '../domain/identity.ts'
import { type Random, randomIndex, slug, uuid } from '../domain/random-ids.ts'
import type { Result } from '../domain/result.ts'
import { reserveBadge, takeCertificationNumber } from '../storage/badges.ts'
import { reserveCredential } from '../storage/credentials.ts'
import type { Db } from '../storage/database.ts'
import { isPlaceTaken, openStatusList } from '../storage/status-lists.ts'
import { type Tools, wholeSeconds } from './tools.ts'

/**
 * Puts on record what is about to be signed: every id, the place in the status list, the time. All ids are independent and
 * random, so that none leads to another (privacy, rule 3).
 */
export async function reserve(
  { db, random, now, keyring }: Pick<Tools, 'db' | 'random' | 'now' | 'keyring'>,
  { result, award }: { result: Result; award: Award },
): Promise<void> {
  const { programme, version } = award.version
  const reservedAt = wholeSeconds(now())
  const badgeId = uuid(random)
  await reserveBadge(db, {
    id: badgeId,
    slug: slug(random),
    hostedId: slug(random),
    subjectId: uuid(random),
    source: result.source,
    resultId: result.resultId,
    revision: result.revision,
    candidateId: result.message.candidate.id,
    holder: {
      fullName: result.message.candidate.fullName,
      latinName: result.message.candidate.latinName ?? null,
    },
    exam: result.message.exam,
    achievement: award.achievement,
    programmeVersion: version,
    certificationNumber: await newNumber(db, programme.certificationPrefix, random),
    ...award.validity,
    score: award.score,
    recipient: programme.policies.emailIdentifier ? recipient(result, random) : null,
    hostedKey: keyring.active('RS256'),
    statusMethod: programme.policies.statusMethod,
    visibility: 'private',
    nameDisplay: programme.policies.nameDisplay,
    discoverable: false,
    showExpired: true,
    reservedAt,
    issuedAt: null,
    suspendedAt: null,
    suspendedBy: null,
    revokedAt: null,
    revokedClass: null,
    revokedBy: null,
    changes: 0,
    renews: null,
  })
  await reserveCredential(db, {
    id: uuid(random),
    badgeId,
    kind: 'standard',
    assertionId: uuid(random),
    credentialId: uuid(random),
    ...(await newPlace(db, random)),
    reservedAt,
    dataIntegrity: null,
    assertionJws: null,
    assertionKey: null,
    credentialJwt: null,
  })
}

function recipient(result: Result, random: Random): Recipient {
  const salt = Buffer.from(random(16)).toString('hex') // conformance 1.8: fresh for each
  return { hash: identityHash(normalEmail(result.message.candidate.email), salt), salt }
}

async function newNumber(db: Db, prefix: string, random: Random): Promise<string> {
  for (;;) {
    const number = certificationNumber(prefix, random(9))
    if (await takeCertificationNumber(db, number)) return number
  }
}

/** A free place, each equally likely, in a list that is less than half full (conformance 12.4). */
async function newPlace(db: Db, random: Random) {
  const statusList = await openStatusList(db, statusListLength / 2)
  for (;;) {
    const statusIndex = randomIndex(random, statusListLength)
    if (!(await isPlaceTaken(db, statusList, statusIndex))) return { statusList, statusIndex }
  }
}
