import { openBadges2Context } from '../../schemas/contexts/catalog.ts'
import type { Programme, Skill } from '../../schemas/programme.ts'
import type { Badge, Credential, Recipient, RevocationClass } from '../domain/badge/badge.ts'
import type { Addresses } from '../domain/programme/addresses.ts'
import { findAchievement, levelName } from '../domain/programme/programme.ts'

type AssertionForm = { form: 'hosted' } | { form: 'signed'; credential: Credential; key: string }

/**
 * The Assertion of a badge: hosted at its own address, or to be signed by the named RSA key (conformance 1.2, 3.2,
 * 3.5).
 */
export function writeAssertion(badge: Badge, form: AssertionForm, addresses: Addresses) {
  const signed = form.form === 'signed'
  const key = signed ? form.key : badge.hostedKey
  return {
    '@context': openBadges2Context,
    type: 'Assertion',
    id: signed ? `urn:uuid:${form.credential.assertionId}` : addresses.ob2Assertion(badge.hostedId),
    recipient: recipient(badge, signed ? form.credential.recipient : null),
    badge: addresses.ob2Achievement(key, badge.achievement, badge.programmeVersion),
    verification: signed
      ? { type: 'SignedBadge', creator: addresses.ob2Key(key) }
      : { type: 'HostedBadge' },
    issuedOn: badge.validFrom,
    expires: badge.validUntil,
    narrative: narrative(badge),
  }
}

function recipient(badge: Badge, own: Recipient | null) {
  const address = own ?? badge.recipient
  if (!address) return { type: 'id', hashed: false, identity: `urn:uuid:${badge.subjectId}` }
  return { type: 'email', hashed: true, identity: address.hash, salt: address.salt }
}

function narrative(badge: Badge) {
  const score = badge.score === null ? '' : ` Score: ${badge.score}.`
  return `Certification number ${badge.certificationNumber}.${score}`
}

/** All that remains of a revoked hosted assertion: verifiers accept a full one in spite of 410 (conformance 4.2). */
export function writeRevokedAssertion(hostedId: string, addresses: Addresses) {
  return {
    '@context': openBadges2Context,
    type: 'Assertion',
    id: addresses.ob2Assertion(hostedId),
    revoked: true,
  }
}

/** A skill as the target of an alignment, with the fields that Open Badges 2.0 and 3.0 share (conformance 1.14). */
export function writeAlignment(skill: Skill) {
  return {
    targetName: skill.name,
    targetUrl: skill.url,
    ...(skill.description && { targetDescription: skill.description }),
    ...(skill.framework && { targetFramework: skill.framework }),
    ...(skill.code && { targetCode: skill.code }),
  }
}

/** The BadgeClass of one achievement, programme version and RSA key (conformance 1.12 to 1.14). */
export function writeBadgeClass(
  programme: Programme,
  version: number,
  id: string,
  key: string,
  addresses: Addresses,
) {
  const achievement = findAchievement(programme, id)
  if (!achievement) throw new Error(`Programme version ${version} has no achievement ${id}`)
  const alignment = achievement.skills.map(writeAlignment)
  return {
    '@context': openBadges2Context,
    type: 'BadgeClass',
    id: addresses.ob2Achievement(key, id, version),
    name: achievement.name,
    description: achievement.description,
    image: addresses.achievementPicture(id, version),
    criteria: {
      id: achievement.criteria.url ?? addresses.ob3Achievement(id, version),
      narrative: achievement.criteria.narrative,
    },
    issuer: addresses.ob2Issuer(key),
    ...(alignment.length > 0 && { alignment }),
    tags: [levelName(programme, achievement.level), ...(achievement.tags ?? [])],
  }
}

/**
 * One issuer profile for each RSA key, since validators allow one `publicKey` (conformance 3.4). The profile of a
 * compromised key does not name the key, but stays: hosted assertions do not depend on the key.
 */
export function writeIssuerProfile(
  { issuer }: Programme,
  key: { id: string; published: boolean },
  addresses: Addresses,
) {
  return {
    '@context': openBadges2Context,
    type: 'Issuer',
    id: addresses.ob2Issuer(key.id),
    name: issuer.name,
    url: issuer.url,
    email: issuer.email,
    ...(issuer.description && { description: issuer.description }),
    ...(issuer.telephone && { telephone: issuer.telephone }),
    ...(key.published && { publicKey: addresses.ob2Key(key.id) }),
    revocationList: addresses.ob2Revocations(key.id),
  }
}

/** `publicKeyPem` is SPKI (conformance 3.3). */
export function writeCryptographicKey(key: string, publicKeyPem: string, addresses: Addresses) {
  return {
    '@context': openBadges2Context,
    type: 'CryptographicKey',
    id: addresses.ob2Key(key),
    owner: addresses.ob2Issuer(key),
    publicKeyPem,
  }
}

// Conformance 4.5: validators misread a list of exactly one entry, so this id, which no badge will ever have, is added
// to it.
const neverIssued = 'urn:uuid:00000000-0000-4000-8000-000000000000'

/** The revoked assertions that one RSA key signed (conformance 4.4). */
export function writeRevocationList(
  key: string,
  revoked: { id: string; revokedClass: RevocationClass }[],
  addresses: Addresses,
) {
  const entries = revoked.map(({ id, revokedClass }) => ({
    id: `urn:uuid:${id}`,
    revocationReason: revokedClass,
  }))
  return {
    '@context': openBadges2Context,
    type: 'RevocationList',
    id: addresses.ob2Revocations(key),
    issuer: addresses.ob2Issuer(key),
    revokedAssertions: entries.length === 1 ? [...entries, neverIssued] : entries,
  }
}
