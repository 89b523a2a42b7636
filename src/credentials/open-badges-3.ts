import {
  credentialsContext,
  openBadgesContext,
  openBadgesExtensionsContext,
} from '../../schemas/contexts/catalog.ts'
import type { Exam, Programme } from '../../schemas/programme.ts'
import type { Badge, Credential, Recipient } from '../domain/badge/badge.ts'
import type { Addresses } from '../domain/programme/addresses.ts'
import { examFor, findAchievement, findExam, levelName } from '../domain/programme/programme.ts'
import { writeAlignment } from './open-badges-2.ts'

export const achievementCredentialSchema =
  'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json'

// Conformance 9.1, 9.17: the order matters, and the extensions define the 1EdTech types.
const context = [credentialsContext, openBadgesContext, openBadgesExtensionsContext]

/** The AchievementCredential of a badge, without proof: every fact is from the badge or its own programme version. */
export function writeCredential(
  badge: Badge,
  credential: Credential,
  programme: Programme,
  addresses: Addresses,
) {
  const exam = findExam(programme, badge.exam)
  const identifier = identifiers(badge, credential)
  return {
    '@context': context,
    id: `urn:uuid:${credential.credentialId}`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: findAchievement(programme, badge.achievement)?.name ?? badge.achievement,
    issuer: writeProfile(programme, addresses),
    validFrom: badge.validFrom,
    validUntil: badge.validUntil,
    awardedDate: badge.validFrom,
    credentialSubject: {
      id: `urn:uuid:${badge.subjectId}`,
      type: ['AchievementSubject'],
      ...(identifier.length > 0 && { identifier }),
      licenseNumber: badge.certificationNumber,
      achievement: writeAchievement(
        programme,
        badge.programmeVersion,
        badge.achievement,
        addresses,
        badge.score === null ? undefined : exam,
      ),
      ...(badge.score !== null && {
        result: [
          {
            type: ['Result'],
            resultDescription: scoreDescriptionId(badge, addresses),
            value: badge.score, // a string: conformance 9.13
          },
        ],
      }),
    },
    credentialSchema: [{ id: achievementCredentialSchema, type: '1EdTechJsonSchemaValidator2019' }],
    credentialStatus: status(badge, credential, addresses),
  }
}

/**
 * The identity of the subject: the address as a salted hash, and in a named credential the name in plain text
 * (conformance 9.7).
 */
function identifiers(badge: Badge, { name, recipient }: Credential) {
  const address = recipient ?? badge.recipient
  return [
    ...(address ? [addressIdentity(address)] : []),
    ...(name === null ? [] : [nameIdentity(name)]),
  ]
}

function addressIdentity({ hash, salt }: Recipient) {
  return {
    type: 'IdentityObject',
    hashed: true,
    identityHash: hash,
    identityType: 'emailAddress',
    salt,
  }
}

function nameIdentity(name: string) {
  return { type: 'IdentityObject', hashed: false, identityHash: name, identityType: 'name' }
}

function status(badge: Badge, credential: Credential, addresses: Addresses) {
  if (badge.statusMethod === '1EdTechRevocationList')
    return { id: addresses.statusList('revoked'), type: '1EdTechRevocationList' }
  const list = addresses.statusList(credential.statusList)
  return {
    id: `${list}#${credential.statusIndex}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: String(credential.statusIndex), // conformance 12.1
    statusListCredential: list,
  }
}

function scoreDescriptionId(badge: Badge, addresses: Addresses) {
  return `${addresses.ob3Achievement(badge.achievement, badge.programmeVersion)}#score`
}

/** The issuer, in credentials and at its own address (conformance 9.4). */
export function writeProfile({ issuer }: Programme, addresses: Addresses) {
  return {
    id: addresses.did,
    type: ['Profile'],
    name: issuer.name,
    url: issuer.url,
    email: issuer.email,
    ...(issuer.description && { description: issuer.description }),
    ...(issuer.telephone && { phone: issuer.telephone }),
  }
}

/**
 * One achievement of one programme version (conformance 9.10 to 9.13); with `scored`, it describes the exam's score.
 */
export function writeAchievement(
  programme: Programme,
  version: number,
  id: string,
  addresses: Addresses,
  scored?: Exam,
) {
  const achievement = findAchievement(programme, id)
  if (!achievement) throw new Error(`Programme version ${version} has no achievement ${id}`)
  const address = addresses.ob3Achievement(id, version)
  const alignment = achievement.skills.map((skill) => ({
    type: ['Alignment'],
    ...writeAlignment(skill),
  }))
  return {
    id: address,
    type: ['Achievement'],
    achievementType: 'Certification',
    name: achievement.name,
    description: achievement.description,
    criteria: {
      id: achievement.criteria.url ?? address,
      narrative: achievement.criteria.narrative,
    },
    image: {
      id: addresses.achievementPicture(id, version),
      type: 'Image',
      caption: achievement.pictureAlt,
    },
    tag: [levelName(programme, achievement.level), ...(achievement.tags ?? [])],
    version: String(version),
    inLanguage: programme.language,
    ...(alignment.length > 0 && { alignment }),
    ...(scored?.score && { resultDescription: [scoreDescription(scored.score, address)] }),
  }
}

function scoreDescription(score: NonNullable<Exam['score']>, address: string) {
  return {
    id: `${address}#score`,
    type: ['ResultDescription'],
    name: score.name,
    resultType: score.type ?? 'ScaledScore',
    ...(score.minimum && { valueMin: score.minimum }),
    ...(score.maximum && { valueMax: score.maximum }),
    ...(score.pass && { requiredValue: score.pass }),
  }
}

/** The achievement as a document, as its address serves it (conformance 9.20). */
export function writeAchievementDocument(
  programme: Programme,
  version: number,
  id: string,
  addresses: Addresses,
) {
  const exam = examFor(programme, id)
  const scored = exam?.showScore ? exam : undefined
  return { '@context': context, ...writeAchievement(programme, version, id, addresses, scored) }
}

/** The issuer's profile as a document. */
export function writeProfileDocument(programme: Programme, addresses: Addresses) {
  return { '@context': context, ...writeProfile(programme, addresses) }
}
