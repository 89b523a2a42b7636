import type { VerdictWord } from '../../schemas/verdict.ts'
import { type Finding, fail, pass, unknown } from './checks.ts'
import type { Evidence } from './evidence.ts'

/** Asks the issuer's record whether the document with this `urn:uuid:` is revoked or under review. */
export async function checkStatus(
  of: 'credential' | 'assertion',
  id: string,
  { status }: Evidence,
): Promise<(Finding & { word?: VerdictWord })[]> {
  const found = await status(of, id.replace(/^urn:uuid:/, ''))
  if (!found)
    return [
      unknown(
        'revocation',
        'The issuer has no record of this badge, so its status cannot be checked.',
      ),
    ]
  return statusFindings(found)
}

/** The two findings that a status amounts to. */
export function statusFindings({ revoked, suspended }: { revoked: boolean; suspended: boolean }) {
  const findings: (Finding & { word?: VerdictWord })[] = [
    revoked
      ? { ...fail('revocation', 'The issuer has revoked this badge.'), word: 'revoked' }
      : pass('revocation', 'The issuer has not revoked this badge.'),
    suspended
      ? { ...fail('suspension', 'The issuer has put this badge under review.'), word: 'suspended' }
      : pass('suspension', 'The badge is not under review.'),
  ]
  return findings
}
