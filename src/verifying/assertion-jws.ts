import { mistakesIn } from '../credentials/check.ts'
import { type Finding, fail, pass, signatureFindings, unknown, withdrawnKey } from './checks.ts'
import { hostOf } from './credential.ts'
import { isSignedBy, payloadOf } from './credential-jwt.ts'
import { checkDates } from './dates.ts'
import type { Evidence } from './evidence.ts'
import { checkStatus } from './status.ts'

type Assertion = {
  id: string
  badge: string
  issuedOn: string
  expires?: string
  verification: { type: string; creator?: string }
}

/** Judges an Open Badges 2.0 assertion as JWS; the key is the one of the issuer of its badge class (conformance 3.7). */
export async function verifyAssertionJws(jws: string, evidence: Evidence): Promise<Finding[]> {
  const payload = payloadOf(jws)
  const { verification, badge } = payload as Partial<Assertion>
  const names = ({ achievements }: { achievements: string }) =>
    typeof badge === 'string' && badge.startsWith(achievements)
  if (evidence.withdrawn.some(names)) return [withdrawnKey]
  const set = evidence.keySets.find(names)
  if (!set) return [stranger(verification?.creator, evidence)]
  const mistakes = mistakesIn('assertion', payload)
  if (mistakes.length > 0)
    return [
      fail(
        'file',
        `The assertion is not a right Open Badges 2.0 assertion: ${mistakes[0]?.path}: ${mistakes[0]?.message}`,
      ),
    ]
  const assertion = payload as Assertion
  const findings = [pass('file', 'The file holds a complete badge (Open Badges 2.0, signed).')]
  if (verification?.creator !== set.creator)
    return [...findings, fail('issuer', 'The key that the assertion names is not its issuer’s.')]
  const genuine = await isSignedBy(jws, set.jwk)
  findings.push(...signatureFindings(hostOf(evidence.did), genuine))
  if (!genuine) return findings
  const dates = {
    validFrom: assertion.issuedOn,
    ...(assertion.expires && { validUntil: assertion.expires }),
  }
  return [
    ...findings,
    ...(await checkStatus('assertion', assertion.id, evidence)),
    checkDates(dates, evidence.now),
  ]
}

function stranger(creator: string | undefined, { did, keySets }: Evidence) {
  if (keySets.some((set) => set.creator === creator))
    return fail('issuer', `The badge names another issuer, but a key of ${hostOf(did)}.`)
  return unknown(
    'issuer',
    `The badge names another issuer. Only badges of ${hostOf(did)} can be checked here.`,
  )
}
