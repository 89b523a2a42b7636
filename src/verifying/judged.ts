import type { Finding } from './checks.ts'
import { checkDates } from './dates.ts'
import type { IssuerRecord, Standing } from './evidence.ts'
import { checkStatus } from './status.ts'

/** What the bytes of a signed document prove; with a standing when they are genuine, which the issuer's record then decides. */
export type Judged = { findings: Finding[]; standing?: Standing }

/** The findings about a document, with its standing when all of them passed. */
export function genuine(findings: Finding[], standing: Standing): Judged {
  if (findings.some(({ result }) => result !== 'pass')) return { findings }
  const { of, id, validFrom, validUntil } = standing
  return {
    findings,
    standing: { of, id, validFrom, ...(validUntil !== undefined && { validUntil }) },
  }
}

/** All findings about a document: what its bytes prove, then its status and its dates. */
export async function withRecord(
  { findings, standing }: Judged,
  record: IssuerRecord,
): Promise<Finding[]> {
  if (!standing) return findings
  const { of, id } = standing
  return [...findings, ...(await checkStatus(of, id, record)), checkDates(standing, record.now)]
}
