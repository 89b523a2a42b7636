import type { Check, Verdict, VerdictWord } from '../../schemas/verdict.ts'

export type Finding = Pick<Check, 'name' | 'result' | 'reason'>

export const pass = (name: Check['name'], reason: string): Finding => ({
  name,
  result: 'pass',
  reason,
})
export const fail = (name: Check['name'], reason: string): Finding => ({
  name,
  result: 'fail',
  reason,
})
export const unknown = (name: Check['name'], reason: string): Finding => ({
  name,
  result: 'could-not-check',
  reason,
})

/** The two findings on a signature by a key of the issuer at this domain. */
export function signatureFindings(host: string, genuine: boolean): Finding[] {
  const issuer = pass('issuer', `The key belongs to ${host}.`)
  if (genuine)
    return [
      issuer,
      pass('signature', 'The signature is right: nothing was changed since it was issued.'),
    ]
  return [
    issuer,
    fail(
      'signature',
      'The signature does not fit: the badge was changed after it was issued, or made by somebody else.',
    ),
  ]
}

/** The finding on a file signed by a withdrawn key, which an attacker may hold. */
export const withdrawnKey: Finding = fail(
  'issuer',
  'The issuer has withdrawn the key that this file is signed with, so it proves nothing any more. Ask the holder for the current copy.',
)

/** The verdict: all checks with their time, and the word that sums them up. `at` is an ISO instant. */
export function concluded(findings: (Finding & { word?: VerdictWord })[], at: string): Verdict {
  return {
    verdict: sumUp(findings),
    checks: findings.map(({ name, result, reason }) => ({ name, result, reason, at })),
  }
}

const genuine: Check['name'][] = ['file', 'address', 'issuer', 'signature']

/**
 * A document that is not genuine is `invalid`, whatever else it says. If genuineness could not be shown, nothing else
 * counts.
 */
function sumUp(findings: (Finding & { word?: VerdictWord })[]): VerdictWord {
  const is = (result: Check['result']) => (finding: Finding) => finding.result === result
  const origin = findings.filter(({ name }) => genuine.includes(name))
  if (origin.some(is('fail'))) return 'invalid'
  if (origin.some(is('could-not-check')) || findings.length === 0) return 'could-not-check'
  const failed = findings.filter(is('fail'))
  for (const word of ['revoked', 'suspended', 'not-yet-valid', 'expired'] as const)
    if (failed.some((finding) => finding.word === word)) return word
  if (failed.length > 0) return 'invalid'
  return findings.some(is('could-not-check')) ? 'could-not-check' : 'valid'
}
