import type { Finding } from './checks.ts'
import { checkDates } from './dates.ts'
import type { IssuerRecord, Standing } from './evidence.ts'
import { checkStatus } from './status.ts'

/**
 * The findings on the bytes of a signed document. It has a standing when it is genuine; the issuer's record then
 * decides.
 */
export type Judged = { findings: Finding[]; standing?: Standing }

/** The findings on a document, with its standing if all of them passed. */
export function genuine(findings: Finding[], standing: Standing): Judged {
  if (findings.some(({ result }) => result !== 'pass')) return { findings }
  const { of, id, validFrom, validUntil } = standing
  return {
    findings,
    standing: { of, id, validFrom, ...(validUntil !== undefined && { validUntil }) },
  }
}

/** All findings on a document: those on its bytes, then its status and its dates. */
export async function withRecord(
  { findings, standing }: Judged,
  record: IssuerRecord,
): Promise<Finding[]> {
  if (!standing) return findings
  const { of, id } = standing
  return [...findings, ...(await checkStatus(of, id, record)), checkDates(standing, record.now)]
}
