import type { Verdict } from '../../schemas/verdict.ts'
import { verifyAssertionJws } from './assertion-jws.ts'
import { concluded } from './checks.ts'
import { verifyCredential } from './credential.ts'
import { verifyCredentialJwt } from './credential-jwt.ts'
import type { Evidence } from './evidence.ts'
import type { Presented } from './presented.ts'
import { sameBadge } from './same-badge.ts'

/** Judges the documents of one file by their bytes; adds nothing that was not in them (privacy, rule 1). */
export async function verify(
  presented: Exclude<Presented, { kind: 'assertion' }>[],
  evidence: Evidence,
): Promise<Verdict> {
  const findings = []
  for (const each of presented) findings.push(...(await one(each, evidence)))
  if (presented.length > 1) findings.unshift(sameBadge(presented))
  return concluded(findings, evidence.now)
}

function one(presented: Exclude<Presented, { kind: 'assertion' }>, evidence: Evidence) {
  if (presented.kind === 'credential') return verifyCredential(presented.document, evidence)
  if (presented.kind === 'credential-jwt') return verifyCredentialJwt(presented.jwt, evidence)
  return verifyAssertionJws(presented.jws, evidence)
}
