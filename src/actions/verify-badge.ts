import type { Verdict } from '../../schemas/verdict.ts'
import { writeAssertion } from '../credentials/open-badges-2.ts'
import { findBadge } from '../storage/badges.ts'
import { findCredential } from '../storage/credentials.ts'
import { findErasedStatus } from '../storage/erased.ts'
import { concluded, type Finding, fail, pass, unknown } from '../verifying/checks.ts'
import { checkDates } from '../verifying/dates.ts'
import type { Issuer, IssuerRecord } from '../verifying/evidence.ts'
import { withRecord } from '../verifying/judged.ts'
import type { FileType } from '../verifying/presented.ts'
import { statusFindings } from '../verifying/status.ts'
import { type Hosted, hashOf } from '../verifying/verify.ts'
import { type At, type Found, findShown, type Visitor } from './show-badge.ts'
import { credentialJson } from './signed-forms.ts'
import type { Tools } from './tools.ts'

export type { FileType }

type Asked = { address: string; caller: string; visitor?: Visitor }

/**
 * Judges presented bytes; broken and foreign files get an answer of the same shape. `caller` is whose turn it takes. Throws
 * `unavailable` when too many wait.
 */
export async function verifyFile(
  tools: Tools,
  { bytes, type, caller }: { bytes: Buffer; type: FileType; caller: string },
): Promise<Verdict> {
  const question = { file: bytes, type, issuer: issuerOf(tools) }
  const { findings, documents } = await tools.verifications.judge(question, caller)
  for (const each of documents)
    findings.push(
      ...('hosted' in each
        ? await judgeHosted(tools, each)
        : await withRecord(each, recordOf(tools))),
    )
  return concluded(findings, tools.now())
}

/** Judges the badge at an address of ours, as its visitor sees it. Another's address cannot be checked. Throws as `verifyFile` does. */
export async function verifyAddress(
  tools: Tools,
  { address, caller, visitor = { viewer: 'public' } }: Asked,
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
  const question = { credential: credentialJson(found), issuer: issuerOf(tools) }
  const { findings, documents } = await tools.verifications.judge(question, caller)
  for (const each of documents)
    if (!('hosted' in each)) findings.push(...(await withRecord(each, recordOf(tools))))
  return concluded([published, ...findings], tools.now())
}

const published = pass('address', 'The issuer publishes this badge at this address.')

/** The same words for a private badge, an unknown one, and none. */
const notConfirmed = unknown(
  'address',
  'We cannot confirm a badge at this address. It may be private, removed, or never have existed. Treat it as not verified.',
)

/** An unsigned hosted assertion proves nothing by itself: it is judged by its address (privacy, rule 1; conformance 2.4). */
async function judgeHosted(tools: Tools, { hosted, hash }: Hosted): Promise<Finding[]> {
  const at = addressOf(tools, hosted)
  if (!at || !('hostedId' in at)) return [notConfirmed]
  const found = await findShown(tools, at, { viewer: 'public' })
  return found.kind === 'hidden' ? [notConfirmed] : hostedFindings(tools, found, hash)
}

function hostedFindings({ addresses, now }: Tools, { badge }: Found, hash: string | undefined) {
  const same =
    hash !== undefined && hash === hashOf(writeAssertion(badge, { form: 'hosted' }, addresses))
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

function addressOf({ addresses }: Tools, address: string): At | undefined {
  const path = address.startsWith(`${addresses.origin}/`)
    ? address.slice(addresses.origin.length)
    : ''
  const slug = /^\/b\/([\w-]{22})(?:\.json|\/[a-z0-9.-]+)?\/?(?:[?#].*)?$/.exec(path)?.[1]
  if (slug) return { slug }
  const hostedId = /^\/ob2\/assertions\/([\w-]{22})$/.exec(path)?.[1]
  return hostedId ? { hostedId } : undefined
}

/** The issuer as files name it; of its keys, what is published. */
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

function recordOf({ db, now }: Tools): IssuerRecord {
  return {
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
