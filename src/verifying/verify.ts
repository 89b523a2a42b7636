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

/** How signatures of shapes that are new are met, and the longest text of a document, in letters. */
type How = { shapes: 'known' | 'only'; longestText?: number }

/**
 * Judges bytes with the issuer's public keys alone, and reveals nothing that is not in the bytes (privacy, rule 1). The
 * cost grows with the bytes, up to the limits of `readPresented` and RDFC-1.0, so call it off the main thread. Broken
 * and foreign files are findings.
 */
export async function judge(
  question: Question,
  { shapes, longestText }: How = { shapes: 'known' },
): Promise<FileJudged> {
  const { issuer } = question
  if ('credential' in question)
    return {
      findings: [],
      documents: [await judgeCredential(JSON.parse(question.credential), issuer, shapes)],
    }
  const { buffer, byteOffset, byteLength } = question.file
  const file = Buffer.from(buffer, byteOffset, byteLength)
  const presented = readOrFind(file, question.type, longestText)
  if (!Array.isArray(presented)) return { findings: [presented], documents: [] }
  const documents: FileJudged['documents'] = []
  for (const each of presented) documents.push(await judgeDocument(each, issuer, shapes))
  return { findings: presented.length > 1 ? sameBadge(presented) : [], documents }
}

/** A badge of the issuer has a few thousand letters; reading more would stop other work. */
const longestText = 65_536
const largestFile = 2 ** 20

/**
 * Judges at once, on the main thread, what is most often asked: a small file in which everything is genuine, and whose
 * documents have shapes that this process has signed. Undefined for any other file: `judge` judges it.
 */
export async function judgeKnown(question: Question): Promise<FileJudged | undefined> {
  if ('file' in question && question.type === 'svg') return undefined
  const size = 'file' in question ? question.file.length : question.credential.length
  if (size > largestFile) return undefined
  try {
    const judged = await judge(question, { shapes: 'only', longestText })
    return isGenuine(judged) ? judged : undefined
  } catch {
    return undefined
  }
}

/** Whether a file holds documents, and all of them are genuine. */
function isGenuine({ findings, documents }: FileJudged): boolean {
  return (
    documents.length > 0 &&
    documents.every((each) => 'standing' in each) &&
    findings.every(({ result }) => result === 'pass')
  )
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
function readOrFind(
  bytes: Buffer,
  type: FileType,
  longestText: number | undefined,
): Presented[] | Finding {
  try {
    return readPresented(bytes, type, longestText)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return error.kind === 'invalid' ? fail('file', error.message) : unknown('file', error.message)
  }
}

async function judgeDocument(
  presented: Presented,
  issuer: Issuer,
  shapes: How['shapes'],
): Promise<Judged | Hosted> {
  if (presented.kind === 'credential') return judgeCredential(presented.document, issuer, shapes)
  if (presented.kind === 'credential-jwt') return judgeCredentialJwt(presented, issuer)
  if (presented.kind === 'assertion-jws') return judgeAssertionJws(presented, issuer)
  if (presented.kind === 'assertion-address') return { hosted: presented.address }
  const { id } = presented.document
  return {
    hosted: typeof id === 'string' ? id : '',
    content: { hash: hashOf(presented.document) },
  }
}
