import { mistakesIn } from '../credentials/check.ts'
import { fail, pass, signatureFindings, unknown, withdrawnKey } from './checks.ts'
import { hostOf } from './credential.ts'
import type { Issuer } from './evidence.ts'
import { isSignedBy, type Signed } from './jws.ts'
import { genuine, type Judged } from './record-checks.ts'

type Assertion = {
  id: string
  badge: string
  issuedOn: string
  expires?: string
  verification: { type: string; creator?: string }
}

/** Judges an Open Badges 2.0 assertion as JWS. Its key must be that of its badge class's issuer (conformance 3.7). */
export async function judgeAssertionJws({ jws, payload }: Signed, issuer: Issuer): Promise<Judged> {
  const { verification, badge } = payload as Partial<Assertion>
  const names = ({ achievements }: { achievements: string }) =>
    typeof badge === 'string' && badge.startsWith(achievements)
  if (issuer.withdrawn.some(names)) return { findings: [withdrawnKey] }
  const set = issuer.keySets.find(names)
  if (!set) return { findings: [stranger(verification?.creator, issuer)] }
  const mistakes = mistakesIn('assertion', payload)
  if (mistakes.length > 0)
    return {
      findings: [
        fail(
          'file',
          `The assertion is not a right Open Badges 2.0 assertion: ${mistakes[0]?.path}: ${mistakes[0]?.message}`,
        ),
      ],
    }
  const { id, issuedOn, expires } = payload as Assertion
  const findings = [pass('file', 'The file holds a complete badge (Open Badges 2.0, signed).')]
  if (verification?.creator !== set.creator)
    return {
      findings: [
        ...findings,
        fail('issuer', 'The key that the assertion names is not its issuer’s.'),
      ],
    }
  findings.push(...signatureFindings(hostOf(issuer.did), await isSignedBy(jws, set.jwk)))
  return genuine(findings, {
    of: 'assertion',
    id,
    validFrom: issuedOn,
    ...(expires && { validUntil: expires }),
  })
}

function stranger(creator: string | undefined, { did, keySets }: Issuer) {
  if (keySets.some((set) => set.creator === creator))
    return fail('issuer', `The badge names another issuer, but a key of ${hostOf(did)}.`)
  return unknown(
    'issuer',
    `The badge names another issuer. Only badges of ${hostOf(did)} can be checked here.`,
  )
}
