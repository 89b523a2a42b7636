import { verifyAssertionJws } from './assertion-jws.ts'
import type { Finding } from './checks.ts'
import { verifyCredential } from './credential.ts'
import { verifyCredentialJwt } from './credential-jwt.ts'
import type { Evidence } from './evidence.ts'
import type { Presented } from './presented.ts'

/** A document that its signature speaks for; a hosted assertion has none and is judged by its address. */
export type Signed = Exclude<Presented, { kind: 'assertion' }>

/** Judges one signed document by its bytes; adds nothing that was not in them (privacy, rule 1). */
export function verifySigned(presented: Signed, evidence: Evidence): Promise<Finding[]> {
  if (presented.kind === 'credential') return verifyCredential(presented.document, evidence)
  if (presented.kind === 'credential-jwt') return verifyCredentialJwt(presented.jwt, evidence)
  return verifyAssertionJws(presented.jws, evidence)
}
