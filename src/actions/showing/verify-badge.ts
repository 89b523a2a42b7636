import type { Verdict } from '../../../schemas/verdict.ts'
import { writeAssertion } from '../../credentials/open-badges-2.ts'
import { badgeAddress } from '../../domain/badge/badge-address.ts'
import { concluded, type Finding, fail, pass, unknown } from '../../verifying/checks.ts'
import { checkDates } from '../../verifying/dates.ts'
import type { Issuer } from '../../verifying/evidence.ts'
import type { FileType } from '../../verifying/presented.ts'
import { withRecord } from '../../verifying/record-checks.ts'
import { statusFindings } from '../../verifying/status.ts'
import { type Hosted, hashOf } from '../../verifying/verify.ts'
import type { Found } from '../issuing/found-badge.ts'
import { recordOf, sameOnRecord } from '../issuing/issuer-record.ts'
import { credentialJson } from '../issuing/signed-forms.ts'
import type { Tools } from '../tools/tools.ts'
import { findShown } from './show-badge.ts'
import { isWithoutFiles } from './show-files.ts'

export type { FileType }

/**
 * Verifies presented bytes; broken and foreign files get an answer of the same shape. `caller` is the line in which it
 * waits. Throws `unavailable` when too many wait.
 */
export async function verifyFile(
  tools: Tools,
  { bytes, type, caller }: { bytes: Buffer; type: FileType; caller: string },
): Promise<Verdict> {
  const question = { file: bytes, type, issuer: issuerOf(tools) }
  const { findings, documents } = await tools.verifications.judge(question, caller)
  const record = recordOf(tools)
  const judged = await Promise.all(
    documents.map(async (each) =>
      'hosted' in each
        ? judgeHosted(tools, each)
        : { findings: await withRecord(each, record), badge: await record.badgeOf(each.standing) },
    ),
  )
  const isOpen = documents.length > 1 && findings.length === 0
  const same = isOpen ? sameOnRecord(judged.map(({ badge }) => badge)) : []
  const all = [...findings, ...same, ...judged.flatMap((each) => each.findings)]
  return concluded(all, tools.now())
}

/**
 * Verifies the badge at an address of this site, as its visitor sees it there, with or without a share link; the
 * verification counts no view of the link. An address of another site cannot be verified. Throws as `verifyFile` does.
 */
export async function verifyAddress(
  tools: Tools,
  { address, caller }: { address: string; caller: string },
): Promise<Verdict> {
  const asked = badgeAddress(tools.addresses.origin, address)
  if (!asked) return concluded([notOurs(tools.addresses.origin)], tools.now())
  const { at, isFile, ...link } = asked
  const found = await findShown(tools, at, { viewer: 'public', ...link })
  return found.kind === 'hidden' || (isFile && isWithoutFiles(found))
    ? concluded([notConfirmed], tools.now())
    : verifyFound(tools, found, caller)
}

/** Verifies a badge that was found at its address, for a visitor who may see it. Throws as `verifyFile` does. */
export async function verifyFound(tools: Tools, found: Found, caller: string): Promise<Verdict> {
  const question = { credential: credentialJson(found), issuer: issuerOf(tools) }
  const { findings, documents } = await tools.verifications.judge(question, caller)
  for (const each of documents)
    if (!('hosted' in each)) findings.push(...(await withRecord(each, recordOf(tools))))
  return concluded([published, ...findings], tools.now())
}

const published = pass('address', 'The issuer publishes this badge at this address.')

const notOurs = (origin: string) =>
  unknown(
    'address',
    `This is no address of a badge at ${origin}; other issuers' badges cannot be checked here.`,
  )

/** The same words for a private badge, an unknown one, and none. */
const notConfirmed = unknown(
  'address',
  'We cannot confirm a badge at this address. It may be private, removed, or never have existed. Treat it as not verified.',
)

/** An unsigned hosted assertion proves nothing by itself: its address decides (privacy, rule 1; conformance 2.4). */
async function judgeHosted(
  tools: Tools,
  { hosted, content }: Hosted,
): Promise<{ findings: Finding[]; badge?: string }> {
  const at = badgeAddress(tools.addresses.origin, hosted)?.at
  if (!at || !('hostedId' in at)) return { findings: [notConfirmed] }
  const found = await findShown(tools, at, { viewer: 'public' })
  if (found.kind === 'hidden') return { findings: [notConfirmed] }
  return { findings: hostedFindings(tools, found, content), badge: found.badge.id }
}

function hostedFindings({ addresses, now }: Tools, { badge }: Found, content: Hosted['content']) {
  const hash = content?.hash
  const same =
    hash !== undefined && hash === hashOf(writeAssertion(badge, { form: 'hosted' }, addresses))
      ? pass('file', 'The file is the copy that the issuer publishes.')
      : fail(
          'file',
          'The file differs from the copy that the issuer publishes: it was changed, or is out of date.',
        )
  return [
    published,
    // A revoked assertion is published without facts to compare with, and an address has no file to compare.
    ...(badge.revokedAt || !content ? [] : [same]),
    ...statusFindings({ revoked: badge.revokedAt !== null, suspended: badge.suspendedAt !== null }),
    checkDates(badge, now()),
  ]
}

/** The issuer as files name it, with its published keys. */
function issuerOf({ keyring, addresses }: Tools): Issuer {
  const keys = keyring.published
  return {
    did: addresses.did,
    keys: keys.map(({ id, jwk }) => ({
      method: addresses.verificationMethod(id),
      address: addresses.key(id),
      jwk,
    })),
    keySets: keys
      .filter(({ algorithm }) => algorithm === 'RS256')
      .map(({ id, jwk }) => ({
        creator: addresses.ob2Key(id),
        achievements: addresses.ob2Achievements(id),
        jwk,
      })),
    withdrawn: keyring.withdrawn.map((id) => ({
      method: addresses.verificationMethod(id),
      address: addresses.key(id),
      achievements: addresses.ob2Achievements(id),
    })),
  }
}
