import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { Problem } from '../problem.ts'
import { judgeAssertionJws } from './assertion-jws.ts'
import { type Finding, fail, unknown } from './checks.ts'
import { judgeCredential } from './credential.ts'
import { judgeCredentialJwt } from './credential-jwt.ts'
import type { Issuer } from './evidence.ts'
import type { Judged } from './judged.ts'
import { type FileType, type Presented, readPresented } from './presented.ts'
import { sameBadge } from './same-badge.ts'

/** A file that a stranger presents, or the text of a credential that the issuer keeps itself. */
export type Question = { issuer: Issuer } & (
  | { file: Uint8Array; type: FileType }
  | { credential: string }
)

/** An unsigned hosted assertion: the address that it names, and the hash of its canonical form, if it has one; without content it is the address alone. */
export type Hosted = { hosted: string; content?: { hash: string | undefined } }

/** What a file proves by itself: findings about the whole of it, then each of its documents. Plain data, for another thread. */
export type FileJudged = { findings: Finding[]; documents: (Judged | Hosted)[] }

/**
 * Judges bytes with the issuer's public keys alone; adds nothing that was not in them (privacy, rule 1). Its cost grows as the bytes
 * do, up to the limits of `readPresented` and RDFC-1.0; run it off the main thread. Broken and foreign files are findings.
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

/** The hash that two documents share when they say the same; none when it cannot be canonical JSON, as with a lone surrogate. */
export function hashOf(document: object): string | undefined {
  try {
    return createHash('sha256')
      .update(canonicalize(document) ?? '')
      .digest('base64url')
  } catch {
    return undefined
  }
}

/** What is in the bytes, or the finding that nothing can be: a picture without a badge proves nothing either way. */
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
