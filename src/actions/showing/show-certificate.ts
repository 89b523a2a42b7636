import { badgeState } from '../../domain/badge/badge.ts'
import { findAchievement } from '../../domain/programme/programme.ts'
import { dayOf } from '../../domain/rules/attempt.ts'
import { cannotDraw } from '../../drawing/can-draw.ts'
import type { Certificate, Paper, Stamp } from '../../drawing/certificate-facts.ts'
import { Problem } from '../../problem.ts'
import type { DocumentCertificate } from '../../signing/document-certificate.ts'
import { chooseLanguage } from '../../words/languages.ts'
import type { Words } from '../../words/words.ts'
import type { Found } from '../issuing/found-badge.ts'
import { credentialJson } from '../issuing/signed-forms.ts'
import type { Tools } from '../tools/tools.ts'
import { isHeldBack } from './can-print.ts'
import { findShown, type Visitor } from './show-badge.ts'

/**
 * The certificate of a badge as PDF, with the full name: for its owner, and for guests whose share link includes it,
 * unless the badge is revoked; `hidden` for all others (privacy, response matrix). Throws `conflict` while the name
 * cannot be drawn completely, and `unavailable` when too many are requested at once.
 */
export async function showCertificate(
  tools: Tools,
  { slug, visitor, paper }: { slug: string; visitor: Visitor; paper: Paper },
): Promise<{ kind: 'hidden' } | { kind: 'shown'; bytes: Buffer }> {
  const found = await findShown(tools, { slug }, visitor)
  if (found.kind === 'hidden' || !mayHave(found)) return { kind: 'hidden' }
  await refuseUnprintable(tools, found)
  const now = tools.now()
  const signer = signerAt(tools, now)
  const certificate = await certificateOf(tools, found, { paper, signer, now })
  return { kind: 'shown', bytes: await tools.certificates.make(certificate, { signer, now }) }
}

/** A revoked badge names its holder to the owner only. */
function mayHave({ kind, viewer }: Found) {
  if (viewer === 'owner') return true
  return typeof viewer === 'object' && viewer.withCertificate && kind === 'shown'
}

/** Refuses a certificate with an incomplete or damaged name. The review queue has the question. */
async function refuseUnprintable({ db }: Tools, { badge }: Found) {
  if (await isHeldBack(db, badge))
    throw new Problem(
      'conflict/name-damaged',
      'This certificate is held back for now: the name on it seems to have been damaged on its way here. The programme knows and will be in touch. The badge itself is not affected.',
    )
  const missing = cannotDraw(badge.holder.fullName)
  if (missing.length === 0) return
  throw new Problem(
    'conflict/name-not-printable',
    `This certificate is held back for now: our fonts do not have ${missing.join(' ')}, and no name should be printed with a gap. The programme knows and will be in touch. The badge itself is not affected.`,
  )
}

/**
 * The certificate that can sign at an instant. Without one, PDFs are unsigned, since a candidate must not wait for an
 * operator.
 */
function signerAt({ keyring, log }: Tools, now: string): DocumentCertificate | undefined {
  const { certificate } = keyring
  const at = Date.parse(now)
  if (
    certificate &&
    Date.parse(certificate.validFrom) <= at &&
    at <= Date.parse(certificate.validUntil)
  )
    return certificate
  if (!warned.has(keyring)) {
    const why = certificate ? `expired on ${certificate.validUntil}` : 'is missing'
    log.warn(
      {},
      `PDF certificates go out unsigned: the certificate of the key ring ${why}. Make one: npm run keys -- certificate`,
    )
  }
  warned.add(keyring)
  return undefined
}

/** The key rings that have caused a warning: one warning each is enough. */
const warned = new WeakSet<object>()

type How = { paper: Paper; signer: DocumentCertificate | undefined; now: string }

async function certificateOf(
  { pictures, programmes, addresses }: Tools,
  found: Found,
  { paper, signer, now }: How,
): Promise<Certificate> {
  const { badge, version } = found
  const { programme } = version
  // The reader of a certificate gets the programme's language, not that of the page.
  const t = chooseLanguage([programme.language], 'certificate')
  const achievement = findAchievement(programme, badge.achievement)
  if (!achievement) throw new Error(`programme version ${version.version} has no such achievement`)
  const { page } = addresses.badgeLinks(badge.slug, badge.hostedId)
  const stamp = stampOf(found, now, t)
  // The present signatory also signs badges from before the programme had one.
  const signing = programme.certificate ? version : programmes.current()
  const signatory = signing.programme.certificate?.signatory
  const { name: issuer } = programme.issuer
  const { fullName: name } = badge.holder
  return {
    lang: t.lang,
    paper,
    title: t.say('certificate.title', { achievement: achievement.name, name }),
    issuer,
    certifies: t.say('certificate.certifies'),
    name,
    earned: t.say('certificate.earned'),
    achievement: achievement.name,
    facts: [
      { label: t.say('badge.earnedOn'), value: t.day(badge.earnedOn) },
      { label: t.say('badge.validUntil'), value: t.day(badge.expiresOn) },
      { label: t.say('badge.number'), value: badge.certificationNumber },
    ],
    seal: { png: await pictures.seal(version, badge.achievement), alt: achievement.pictureAlt },
    ...(signatory && {
      signatory: {
        name: signatory.name,
        title: signatory.title,
        signature: {
          png: await pictures.signature(signing),
          alt: t.say('certificate.signature', { name: signatory.name }),
        },
      },
    }),
    check: {
      address: page,
      words: t.say('certificate.check'),
      host: new URL(page).host,
      alt: t.say('certificate.qr', { address: page }),
    },
    ...(stamp && { stamp }),
    credential: {
      file: 'credential.json',
      json: credentialJson(found),
      description: t.say('certificate.credential'),
    },
    ...(signer && {
      signature: {
        signer: signer.name,
        field: t.say('certificate.signed', { name: signer.name }),
      },
    }),
  }
}

/** The stamp across a certificate that is not valid at an instant, in the words of the badge page. */
function stampOf({ badge, version }: Found, now: string, t: Words): Stamp | undefined {
  const { timeZone } = version.programme
  const state = badgeState(badge, now)
  if (state === 'valid') return undefined
  if (state === 'expired')
    return {
      words: t.say('verdict.expiredOn', { day: t.day(badge.expiresOn) }),
      tone: 'caution',
    }
  if (state === 'suspended') return { words: t.say('verdict.suspended'), tone: 'caution' }
  const day = t.day(dayOf(badge.revokedAt ?? now, timeZone))
  return { words: t.say('verdict.revokedSince', { day }), tone: 'bad' }
}
