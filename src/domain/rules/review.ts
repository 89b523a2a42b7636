import { createHash } from 'node:crypto'

/** What an operator may decide on each kind of item; the first is what usually helps. */
export const reviewActions = {
  'unknown-exam': ['dismiss'],
  duplicate: ['ignore', 'separate'],
  'content-unknown': ['count', 'ignore'],
  retake: ['issue', 'deny'],
  revoked: ['deny', 'issue'],
  early: ['issue', 'deny'],
  overlap: ['supersede', 'keep'],
  'second-account': ['merge', 'dismiss'],
  'unprintable-name': ['dismiss', 'release'],
  'somebody-else': ['refuse', 'accept'],
  'name-correction': ['approve', 'refuse'],
} as const
export type ReviewKind = keyof typeof reviewActions

/** Something that waits for an operator. The id is made of what matters to the decision: when that changes, it is a new question. */
export type ReviewItem = {
  id: string
  kind: ReviewKind
  source: string
  candidateId: string
  resultId: string | null
  facts: Record<string, unknown>
  reason: string
}

/** An item, with its id. `question` is what a decision holds for. */
export function reviewItem(item: Omit<ReviewItem, 'id'>, question: unknown[]): ReviewItem {
  const text = JSON.stringify([
    item.kind,
    item.source,
    item.candidateId,
    item.resultId,
    ...question,
  ])
  return { id: createHash('sha256').update(text).digest('hex').slice(0, 32), ...item }
}

/** Decisions by item; one that is missing is still open. */
export type Decisions = Map<string, string>
