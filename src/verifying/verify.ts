import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { Problem } from '../problem.ts'
import { judgeAssertionJws } from './assertion-jws.ts'
import { type Finding, fail, unknown } from './checks.ts'
import { judgeCredential } from './credential.ts'
import { judgeCredentialJwt } from './credential-jwt.ts'
import type { Issuer } from './evidence.ts'
import { type FileType, type Presented, readPresented } from './presented.ts'
import type { Judged } from './record-checks.ts'
import { sameBadge } from './same-badge.ts'

/** A file of unknown origin, or the text of a credential from the issuer's own record. */
export type Question = { issuer: Issuer } & (
  | { file: Uint8Array; type: FileType }
  | { credential: string }
)

/**
 * An unsigned hosted assertion: the address that it names, and the hash of its canonical form, if it has one. Without
 * `content` it is only an address.
 */
export type Hosted = { hosted: string; content?: { hash: string | undefined } }

/** The findings on a file as a whole, then its judged documents. Plain data, so that another thread can send it. */
export type FileJudged = { findings: Finding[]; documents: (Judged | Hosted)[] }

/**
 * Judges bytes with the issuer's public keys alone, and reveals nothing that is not in the bytes (privacy, rule 1). The
 * cost grows with the bytes, up to the limits of `readPresented` and RDFC-1.0, so call it off the main thread. Broken
 * and foreign files are findings.
 */
export async function judge(question: Question): Promise<FileJudged> {
  const { issuer } = question
  if ('credential' in question)
    return {
      findings: [],
      documents: [await judgeCredential(JSON.parse(question.credential), issuer)],
    }
  const presented = readOrFind(Buffer.from(question.file), question.type)
  if (!Array.isArray(presented)) return { findings: [presented], documents: [] }
  const documents: FileJudged['documents'] = []
  for (const each of presented) documents.push(await judgeDocument(each, issuer))
  return { findings: presented.length > 1 ? sameBadge(presented) : [], documents }
}

/**
 * The hash that equal documents share. Undefined when the document has no canonical JSON, for example because of a lone
 * surrogate.
 */
export function hashOf(document: object): string | undefined {
  try {
    return createHash('sha256')
      .update(canonicalize(document) ?? '')
      .digest('base64url')
  } catch {
    return undefined
  }
}

/**
 * The documents in the bytes, or a finding when they cannot be read. A picture without a badge proves nothing either
 * way.
 */
function readOrFind(bytes: Buffer, type: FileType): Presented[] | Finding {
  try {
    return readPresented(bytes, type)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return error.kind === 'invalid' ? fail('file', error.message) : unknown('file', error.message)
  }
}

async function judgeDocument(presented: Presented, issuer: Issuer): Promise<Judged | Hosted> {
  if (presented.kind === 'credential') return judgeCredential(presented.document, issuer)
  if (presented.kind === 'credential-jwt') return judgeCredentialJwt(presented.jwt, issuer)
  if (presented.kind === 'assertion-jws') return judgeAssertionJws(presented.jws, issuer)
  if (presented.kind === 'assertion-address') return { hosted: presented.address }
  const { id } = presented.document
  return {
    hosted: typeof id === 'string' ? id : '',
    content: { hash: hashOf(presented.document) },
  }
}
