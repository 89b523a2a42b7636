import type { Programme } from '../../../schemas/programme.ts'
import type { FieldError } from '../../problem.ts'

/**
 * What an installation signs into badges or bases records on. The database stores it, so that no other installation
 * uses the database.
 */
export type Installation = {
  /** The origin of every address. */
  publicUrl: string
  programme: ProgrammeIdentity
  /** Every key of the ring, public halves only. */
  keys: RingKey[]
  /** A check value of `identity.key`; absent when the ring has none. */
  secretCheck?: string
  /** Whether the ring has a certificate that signs PDFs. */
  certificate: boolean
}

/** What identifies a programme, however its file changes. */
export type ProgrammeIdentity = { certificationPrefix: string; issuerUrl: string }

/** `fingerprint` is the thumbprint of RFC 7638. */
export type RingKey = { id: string; fingerprint: string }

/** The installation in the settings, and whether its keys are the example keys of Blazon. */
export type Present = Installation & { exampleKeys: boolean }

/** The identity of a programme file. */
export function programmeIdentity({ certificationPrefix, issuer }: Programme): ProgrammeIdentity {
  return { certificationPrefix, issuerUrl: issuer.url }
}

/** The identity of the sample programme; a test compares it with the file. */
export const sampleProgramme: ProgrammeIdentity = {
  certificationPrefix: 'NWC',
  issuerUrl: 'https://certification.northwind.example',
}

type Asked = {
  known: Installation
  present: Present
  /** Whether the database holds records that only its secret can read. */
  secretInUse: boolean
}

/** Where the settings differ from the database, each under the setting to correct; empty when they agree. */
export function disagreements({ known, present, secretInUse }: Asked): FieldError[] {
  return [
    ...addressMistakes(known, present),
    ...programmeMistakes(known, present),
    ...keyMistakes(known, present),
    ...secretMistakes(known, present, secretInUse),
    ...certificateMistakes(known, present),
  ]
}

function addressMistakes(known: Installation, present: Present): FieldError[] {
  if (known.publicUrl === present.publicUrl) return []
  return [
    {
      path: 'PUBLIC_URL',
      code: 'other-address',
      message: `The database belongs to ${known.publicUrl}, not to ${present.publicUrl}.`,
    },
  ]
}

function programmeMistakes(known: Installation, present: Present): FieldError[] {
  if (sameProgramme(known.programme, present.programme)) return []
  const { certificationPrefix, issuerUrl } = known.programme
  const what = sameProgramme(sampleProgramme, present.programme)
    ? 'the sample programme that comes with Blazon'
    : `${present.programme.certificationPrefix} of ${present.programme.issuerUrl}`
  return [
    {
      path: 'PROGRAMME_FILE',
      code: 'other-programme',
      message: `The database belongs to the programme ${certificationPrefix} of ${issuerUrl}; this file holds ${what}.`,
    },
  ]
}

function keyMistakes(known: Installation, present: Present): FieldError[] {
  const missing = missingKeys(known, present)
  if (missing.length === 0) return []
  const names = missing.map(({ id }) => id).join(', ')
  const message = present.exampleKeys
    ? 'These are the example keys, which are public; the database knows keys of its own.'
    : `This key ring lacks keys that the database knows: ${names}. It is another ring, or an older copy; restore the newest one.`
  return [{ path: 'KEYS_DIR', code: 'other-keys', message }]
}

function secretMistakes(known: Installation, present: Present, inUse: boolean): FieldError[] {
  // A database of an earlier version has no check value: then any secret is accepted.
  const agrees =
    present.secretCheck !== undefined &&
    (known.secretCheck === undefined || known.secretCheck === present.secretCheck)
  if (!inUse || agrees) return []
  const what =
    present.secretCheck === undefined ? 'identity.key is missing' : 'identity.key is another secret'
  return [
    {
      path: 'KEYS_DIR',
      code: 'other-secret',
      message: `${what}, and the database holds records that only the former one can read: without it, erased people would come back. Restore identity.key from your backup.`,
    },
  ]
}

function certificateMistakes(known: Installation, present: Present): FieldError[] {
  if (!known.certificate || present.certificate) return []
  return [
    {
      path: 'KEYS_DIR',
      code: 'certificate-missing',
      message:
        'certificate.pem is missing, and PDFs would go out unsigned. Restore it from your backup, or make another: npm run keys -- certificate',
    },
  ]
}

/** The keys that the database has and the ring lacks. */
export function missingKeys(known: Installation, present: Installation): RingKey[] {
  const there = new Set(present.keys.map(keyText))
  return known.keys.filter((key) => !there.has(keyText(key)))
}

function keyText({ id, fingerprint }: RingKey) {
  return `${id} ${fingerprint}`
}

/** Whether two identities are one programme's. */
export function sameProgramme(one: ProgrammeIdentity, other: ProgrammeIdentity): boolean {
  return one.certificationPrefix === other.certificationPrefix && one.issuerUrl === other.issuerUrl
}

/** Example keys and the sample programme are refused where the database has others, even on request. */
export function refusedPermanently(known: Installation, present: Present): FieldError[] {
  const mistakes: FieldError[] = []
  if (present.exampleKeys && missingKeys(known, present).length > 0)
    mistakes.push({
      path: 'KEYS_DIR',
      code: 'example-keys',
      message: 'The example keys, which are public.',
    })
  if (
    sameProgramme(sampleProgramme, present.programme) &&
    !sameProgramme(known.programme, present.programme)
  )
    mistakes.push({
      path: 'PROGRAMME_FILE',
      code: 'sample-programme',
      message: 'The sample programme that comes with Blazon.',
    })
  return mistakes
}
