import { mistakesIn } from '../credentials/check.ts'
import { type Finding, fail, pass, signatureFindings, withdrawnKey } from './checks.ts'
import { type Credential, foreign, hostOf, issuerOf } from './credential.ts'
import type { Issuer } from './evidence.ts'
import { publicKeyOf } from './public-keys.ts'
import { genuine, type Judged } from './record-checks.ts'

/** Loaded with the first JWS, so that a start need not wait for it. */
const library = () => import('jose')

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
export async function judgeCredentialJwt(jwt: string, issuer: Issuer): Promise<Judged> {
  const claims = payloadOf(jwt) as Claims
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
  const stranger = foreign(issuerOf(claims.issuer), (await header(jwt)).kid, issuer)
  if (stranger) return { findings: [...findings, stranger] }
  const signed = await checkJws(jwt, issuer)
  findings.push(...signed)
  const odd = oddClaim(claims)
  if (odd && signed.every(({ result }) => result === 'pass'))
    findings.push(fail('signature', `The claim ${odd} does not fit the credential.`))
  return genuine(findings, { of: 'credential', ...claims })
}

async function checkJws(jwt: string, { keys, did, withdrawn }: Issuer): Promise<Finding[]> {
  const { kid, alg } = await header(jwt)
  if (withdrawn.some(({ address, method }) => kid === address || kid === method))
    return [withdrawnKey]
  const key = keys.find(({ address, method }) => kid === address || kid === method)
  if (!key) return [fail('issuer', 'The key of the signature is not one of the issuer’s.')]
  const genuine = alg === 'RS256' && (await isSignedBy(jwt, key.jwk))
  return signatureFindings(hostOf(did), genuine)
}

/** Whether this RSA key signed the JWS, with RS256 and no other algorithm (conformance 3.7). */
export async function isSignedBy(jws: string, jwk: object): Promise<boolean> {
  const { compactVerify } = await library()
  try {
    await compactVerify(jws, publicKeyOf(jwk), { algorithms: ['RS256'] })
    return true
  } catch {
    return false
  }
}

/** The payload of a JWS, unverified. */
export function payloadOf(jws: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8'))
}

async function header(jwt: string) {
  const { decodeProtectedHeader } = await library()
  try {
    return decodeProtectedHeader(jwt)
  } catch {
    return {}
  }
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
