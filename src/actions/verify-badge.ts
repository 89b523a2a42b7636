import canonicalize from 'canonicalize'
import type { Verdict } from '../../schemas/verdict.ts'
import { writeAssertion } from '../credentials/open-badges-2.ts'
import { Problem } from '../problem.ts'
import { findBadge } from '../storage/badges.ts'
import { findCredential } from '../storage/credentials.ts'
import { findErasedStatus } from '../storage/erased.ts'
import { concluded, type Finding, fail, pass, unknown } from '../verifying/checks.ts'
import { verifyCredential } from '../verifying/credential.ts'
import { checkDates } from '../verifying/dates.ts'
import type { Evidence } from '../verifying/evidence.ts'
import { type FileType, type Presented, readPresented } from '../verifying/presented.ts'
import { sameBadge } from '../verifying/same-badge.ts'
import { statusFindings } from '../verifying/status.ts'
import { verifySigned } from '../verifying/verify.ts'
import { type At, type Found, findShown, type Visitor } from './show-badge.ts'
import { credentialJson } from './signed-forms.ts'
import type { Tools } from './tools.ts'

export type { FileType }

/** Judges presented bytes; broken and foreign files get an answer of the same shape. */
export async function verifyFile(tools: Tools, bytes: Buffer, type: FileType): Promise<Verdict> {
  const presented = readOrFind(bytes, type)
  if (!Array.isArray(presented)) return concluded([presented], tools.now())
  const findings = presented.length > 1 ? [sameBadge(presented)] : []
  for (const each of presented)
    findings.push(
      ...(each.kind === 'assertion'
        ? await judgeHosted(tools, each.document)
        : await verifySigned(each, evidence(tools))),
    )
  return concluded(findings, tools.now())
}

/** What is in the bytes, or the finding that nothing can be: a picture without a badge proves nothing either way. */
function readOrFind(bytes: Buffer, type: FileType): Presented[] | Finding {
  try {
    return readPresented(bytes, type)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return error.kind === 'invalid' ? fail('file', error.message) : unknown('file', error.message)
  }
}

/** Judges the badge at an address of ours, as its visitor sees it. Another's address cannot be checked. */
export async function verifyAddress(
  tools: Tools,
  address: string,
  visitor: Visitor = { viewer: 'public' },
): Promise<Verdict> {
  const at = addressOf(tools, address)
  if (!at)
    return concluded(
      [
        unknown(
          'address',
          `This is no address of a badge at ${tools.addresses.origin}; other issuers' badges cannot be checked here.`,
        ),
      ],
      tools.now(),
    )
  const found = await findShown(tools, at, visitor)
  if (found.kind === 'hidden') return concluded([notConfirmed], tools.now())
  const findings = await verifyCredential(JSON.parse(credentialJson(found)), evidence(tools))
  return concluded([published, ...findings], tools.now())
}

const published = pass('address', 'The issuer publishes this badge at this address.')

/** The same words for a private badge, an unknown one, and none. */
const notConfirmed = unknown(
  'address',
  'We cannot confirm a badge at this address. It may be private, removed, or never have existed. Treat it as not verified.',
)

/** An unsigned hosted assertion proves nothing by itself: it is judged by its address (privacy, rule 1; conformance 2.4). */
async function judgeHosted(tools: Tools, document: Record<string, unknown>): Promise<Finding[]> {
  const at = addressOf(tools, typeof document.id === 'string' ? document.id : '')
  if (!at || !('hostedId' in at)) return [notConfirmed]
  const found = await findShown(tools, at, { viewer: 'public' })
  return found.kind === 'hidden' ? [notConfirmed] : hostedFindings(tools, found, document)
}

function hostedFindings({ addresses, now }: Tools, { badge }: Found, document: object) {
  const same =
    canonicalize(writeAssertion(badge, { form: 'hosted' }, addresses)) === canonical(document)
      ? pass('file', 'The file is the copy that the issuer publishes.')
      : fail(
          'file',
          'The file differs from the copy that the issuer publishes: it was changed, or is out of date.',
        )
  return [
    published,
    // A revoked one is published without its facts, so there is nothing to hold the file against.
    ...(badge.revokedAt ? [] : [same]),
    ...statusFindings({ revoked: badge.revokedAt !== null, suspended: badge.suspendedAt !== null }),
    checkDates(badge, now()),
  ]
}

/** Nothing, when it cannot be canonical JSON: a lone surrogate is none of ours. */
function canonical(document: object) {
  try {
    return canonicalize(document)
  } catch {
    return undefined
  }
}

function addressOf({ addresses }: Tools, address: string): At | undefined {
  const path = address.startsWith(`${addresses.origin}/`)
    ? address.slice(addresses.origin.length)
    : ''
  const slug = /^\/b\/([\w-]{22})(?:\.json|\/[a-z0-9.-]+)?\/?(?:[?#].*)?$/.exec(path)?.[1]
  if (slug) return { slug }
  const hostedId = /^\/ob2\/assertions\/([\w-]{22})$/.exec(path)?.[1]
  return hostedId ? { hostedId } : undefined
}

function evidence({ db, keyring, addresses, now }: Tools): Evidence {
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
    status: async (of, uuid) => {
      const credential = await findCredential(
        db,
        of === 'credential' ? { credential_id: uuid } : { assertion_id: uuid },
      )
      const badge = credential && (await findBadge(db, credential.badgeId))
      if (!credential || !badge?.issuedAt) {
        // Whose holder was erased, the file goes on being judged by what stays of it.
        const erased = await findErasedStatus(db, of, uuid)
        return erased && { ...erased, suspended: false }
      }
      return {
        revoked: badge.revokedAt !== null,
        replaced: credential.replacedAt !== null,
        suspended: badge.suspendedAt !== null,
      }
    },
    now: now(),
  }
}
