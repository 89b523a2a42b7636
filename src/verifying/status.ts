import type { VerdictWord } from '../../schemas/verdict.ts'
import { type Finding, fail, pass, unknown } from './checks.ts'
import { type IssuerRecord, type Status, uuidOf } from './evidence.ts'

/** Checks in the issuer's record whether the document with this `urn:uuid:` is revoked or under review. */
export async function checkStatus(
  of: 'credential' | 'assertion',
  id: string,
  { status }: Pick<IssuerRecord, 'status'>,
): Promise<(Finding & { word?: VerdictWord })[]> {
  const found = await status(of, uuidOf(id))
  if (!found)
    return [
      unknown(
        'revocation',
        'The issuer has no record of this badge, so its status cannot be checked.',
      ),
    ]
  return statusFindings(found)
}

/** The two findings on a status. */
export function statusFindings({ revoked, replaced, suspended }: Status) {
  const findings: (Finding & { word?: VerdictWord })[] = [
    revocation(revoked, replaced === true),
    suspended
      ? { ...fail('suspension', 'The issuer has put this badge under review.'), word: 'suspended' }
      : pass('suspension', 'The badge is not under review.'),
  ]
  return findings
}

function revocation(revoked: boolean, replaced: boolean): Finding & { word?: VerdictWord } {
  if (revoked)
    return { ...fail('revocation', 'The issuer has revoked this badge.'), word: 'revoked' }
  if (!replaced) return pass('revocation', 'The issuer has not revoked this badge.')
  const words =
    'The issuer has replaced this copy with a corrected one. Ask the holder for the current copy.'
  return { ...fail('revocation', words), word: 'revoked' }
}
