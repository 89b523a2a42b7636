import { mistakesIn } from '../credentials/check.ts'
import { type Finding, fail, pass, signatureFindings, withdrawnKey } from './checks.ts'
import { type Credential, foreign, hostOf, issuerOf } from './credential.ts'
import type { Issuer } from './evidence.ts'
import { headerOf, isSignedBy, type Signed } from './jws.ts'
import { genuine, type Judged } from './record-checks.ts'

type Claims = Credential & {
  iss?: unknown
  jti?: unknown
  sub?: unknown
  nbf?: unknown
  exp?: unknown
  credentialSubject: { id?: string }
}

/**
 * Judges an Open Badges 3.0 credential as VC-JWT: its signature, and every registered claim against the credential
 * (conformance 10.6).
 */
export async function judgeCredentialJwt(
  { jws, payload }: Signed,
  issuer: Issuer,
): Promise<Judged> {
  const claims = payload as Claims
  const mistakes = mistakesIn('credential', claims)
  if (mistakes.length > 0)
    return {
      findings: [
        fail(
          'file',
          `The credential does not fit the Open Badges 3.0 schema: ${mistakes[0]?.path}: ${mistakes[0]?.message}`,
        ),
      ],
    }
  const findings = [pass('file', 'The file holds a complete badge (Open Badges 3.0, as JWT).')]
  const stranger = foreign(issuerOf(claims.issuer), (await headerOf(jws)).kid, issuer)
  if (stranger) return { findings: [...findings, stranger] }
  const signed = await checkJws(jws, issuer)
  findings.push(...signed)
  const odd = oddClaim(claims)
  if (odd && signed.every(({ result }) => result === 'pass'))
    findings.push(fail('signature', `The claim ${odd} does not fit the credential.`))
  return genuine(findings, { of: 'credential', ...claims })
}

async function checkJws(jws: string, { keys, did, withdrawn }: Issuer): Promise<Finding[]> {
  const { kid, alg } = await headerOf(jws)
  if (withdrawn.some(({ address, method }) => kid === address || kid === method))
    return [withdrawnKey]
  const key = keys.find(({ address, method }) => kid === address || kid === method)
  if (!key) return [fail('issuer', 'The key of the signature is not one of the issuer’s.')]
  const genuine = alg === 'RS256' && (await isSignedBy(jws, key.jwk))
  return signatureFindings(hostOf(did), genuine)
}

function oddClaim({ iss, jti, sub, nbf, exp, ...credential }: Claims) {
  const seconds = (instant: string | undefined) =>
    instant === undefined ? undefined : Date.parse(instant) / 1000
  if (iss !== issuerOf(credential.issuer)) return 'iss'
  if (jti !== credential.id) return 'jti'
  if (sub !== credential.credentialSubject.id) return 'sub'
  if (nbf !== seconds(credential.validFrom)) return 'nbf'
  if (exp !== seconds(credential.validUntil)) return 'exp'
  return undefined
}
