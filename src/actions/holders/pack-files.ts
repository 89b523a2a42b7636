import type { Zippable } from 'fflate'
import type { Badge } from '../../domain/badge/badge.ts'
import {
  type FileForm,
  fileName,
  pictureForms,
  signedForms,
} from '../../domain/badge/badge-files.ts'
import { shownEmail } from '../../domain/people/mail-address.ts'
import { findAchievement } from '../../domain/programme/programme.ts'
import { Problem } from '../../problem.ts'
import { findStanding } from '../../storage/badges/credentials.ts'
import type { Word, Words } from '../../words/words.ts'
import { listAddressFiles } from '../issuing/issue-for-address.ts'
import { printable } from '../showing/can-print.ts'
import { showCertificate } from '../showing/show-certificate.ts'
import { type File, showAddressFile, showFile } from '../showing/show-files.ts'
import { findHolderBadge } from '../support/holder-badge.ts'
import type { Tools } from '../tools/tools.ts'

/** One file of a badge for its owner: its name, the message that explains it, and its bytes, made when needed. */
type BadgeFile = { name: string; about: Word; bytes: () => Promise<File> }

type Of = { accountId: string; badge: Badge }
type Facts = Awaited<ReturnType<typeof factsOf>>

/** Every file that the owner of a badge can download: the content of its archive, and of the account's export. */
async function listFiles(tools: Tools, { accountId, badge }: Of): Promise<BadgeFile[]> {
  const facts = await factsOf(tools, badge)
  const visitor = { viewer: 'public', accountId } as const
  const file = (form: FileForm, about: Word): BadgeFile => ({
    name: fileName(facts, form),
    about,
    bytes: () => showFile(tools, badge.slug, form, visitor),
  })
  const { made } = await listAddressFiles(tools, badge, accountId)
  // For a revoked or declined badge no new credential is made; an existing one stays its owner's.
  const mayHave = !badge.revokedAt && !badge.declinedAt
  const isNamed = mayHave || (await findStanding(tools.db, badge.id, 'named')).length > 0
  const others = made.flatMap(({ id }, index) =>
    signedForms.map((form) => ({
      name: `other-address-${index + 1}/${fileName(facts, form)}`,
      about: abouts[form],
      bytes: () => showAddressFile(tools, { slug: badge.slug, id }, form, visitor),
    })),
  )
  return [
    ...signedForms.map((form) => file(form, abouts[form])),
    ...(isNamed ? named : []).map(([form, about]) => file(form, about)),
    ...(await certificateOf(tools, { accountId, badge }, facts)),
    ...pictureForms.map((form) => file(form, 'files.image.for')),
    ...others,
  ]
}

/** The certificate's file; none while the name cannot be printed completely. */
async function certificateOf(
  tools: Tools,
  { accountId, badge }: Of,
  facts: Facts,
): Promise<BadgeFile[]> {
  const canPrint = await printable(tools.db, badge)
  if (!canPrint(badge.holder.fullName)) return []
  const visitor = { viewer: 'public', accountId } as const
  return [
    {
      name: fileName(facts, 'certificate.pdf'),
      about: 'files.certificate.for',
      bytes: () => showCertificate(tools, { slug: badge.slug, visitor, paper: 'a4' }),
    },
  ]
}

const abouts = {
  'badge.png': 'files.bakedPng.for',
  'badge.svg': 'files.bakedSvg.for',
  'badge-ob2.svg': 'files.bakedSvgOb2.for',
  'credential.json': 'files.credential.for',
  'credential.jwt': 'files.credentialJwt.for',
  'assertion.jws': 'files.assertionJws.for',
} as const

const named = [
  ['named-badge.png', 'files.namedPng.for'],
  ['named-credential.json', 'files.namedJson.for'],
  ['named-credential.jwt', 'files.namedJwt.for'],
] as const

/** The files of a badge by name, as they are served, with a README that explains each. */
export async function filesOf(tools: Tools, of: Of, t: Words): Promise<Zippable> {
  const files = await listFiles(tools, of)
  const packed: Zippable = { 'README.txt': Buffer.from(await readme(tools, of, files, t)) }
  for (const { name, bytes } of files) {
    const file = await bytes()
    if (file.kind === 'hidden')
      throw new Problem(
        'conflict/badge-changed-while-packed',
        'The badge changed while its files were packed. Try again.',
      )
    // Pictures do not compress further.
    packed[name] =
      typeof file.bytes === 'string' ? Buffer.from(file.bytes) : [file.bytes, { level: 0 }]
  }
  return packed
}

/** All files of a holder's badge as one ZIP, and its name. Throws `not-found`. */
export async function packBadge(
  tools: Tools,
  { accountId, badgeId }: { accountId: string; badgeId: string },
  t: Words,
): Promise<{ name: string; bytes: Uint8Array }> {
  const badge = await findHolderBadge(tools.db, { accountId, badgeId })
  const files = await filesOf(tools, { accountId, badge }, t)
  const { zipSync } = await import('fflate')
  return { name: fileName(await factsOf(tools, badge), 'files.zip'), bytes: zipSync(files) }
}

async function factsOf({ db, programmes }: Tools, { programmeVersion, ...badge }: Badge) {
  const version = await programmes.at(db, programmeVersion)
  const achievement = version && findAchievement(version.programme, badge.achievement)
  if (!achievement) throw new Error(`badge ${badge.id} has no achievement`)
  return { achievement, certificationNumber: badge.certificationNumber }
}

async function readme(tools: Tools, { accountId, badge }: Of, files: BadgeFile[], t: Words) {
  const { achievement, certificationNumber: number } = await factsOf(tools, badge)
  const { made } = await listAddressFiles(tools, badge, accountId)
  const own = files.filter(({ name }) => !name.includes('/'))
  const folders = made.map(({ email }, index) =>
    entry(`other-address-${index + 1}/`, t.say('files.zip.folder', { email: shownEmail(email) })),
  )
  return [
    t.say('files.zip.readme', { achievement: achievement.name, number }),
    ...own.map(({ name, about }) => entry(name, t.say(about))),
    ...folders,
    t.say(badge.recipient ? 'privacy.files.hash' : 'privacy.files.noHash'),
    t.say('files.recall'),
    t.say('files.zip.keep'),
    '',
  ].join('\n\n')
}

function entry(name: string, about: string) {
  return `${name}\n    ${about}`
}
