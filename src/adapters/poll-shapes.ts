import { createHash } from 'node:crypto'
import type { Mapping, Poll } from '../../schemas/mapping.ts'
import { type FieldError, Problem } from '../problem.ts'
import { changedOnes, placeOf } from './changed-pages.ts'
import { textAt, valueAt } from './places.ts'
import type { Answer, Page, Polled } from './polled.ts'

const needs: Record<Poll['shape'], (keyof Poll)[]> = {
  kryterion: ['changed', 'pageParameter', 'pages'],
  certiverse: ['cursor'],
}

/** The fields that a shape of polling needs and the mapping lacks. */
export function pollMistakes({ poll }: Mapping): FieldError[] {
  if (!poll) return []
  return needs[poll.shape]
    .filter((name) => poll[name] === undefined)
    .map((name) => ({
      path: `/poll/${name}`,
      message: `${name} is missing: the shape ${poll.shape} needs it.`,
      code: 'missing',
    }))
}

/** A digest of the request and how its answer is read. A cursor is meaningless for another url, shape or time zone. */
export function askedOf({ poll: { every: _, ...poll }, dates }: Polled): string {
  return createHash('sha256')
    .update(JSON.stringify([poll, dates]))
    .digest('base64url')
}

/** The cursor that finds a page again, and its number if it has one. */
export function pageAt({ poll }: Polled, cursor: string | null) {
  if (poll.shape === 'certiverse') return { from: cursor }
  const { since, page } = placeOf(cursor)
  return { from: since === undefined ? null : JSON.stringify({ since, page: 1 }), page }
}

/** The address of the page after a cursor; without one, of the first page. */
export function pageUrl({ poll }: Polled, cursor: string | null): string {
  const url = new URL(poll.url)
  if (poll.shape === 'certiverse') {
    if (cursor !== null) url.searchParams.set(poll.cursorParameter, cursor)
    return url.href
  }
  const { since, page } = placeOf(cursor)
  if (since !== undefined) url.searchParams.set(poll.cursorParameter, since)
  url.searchParams.set(poll.pageParameter ?? 'page', String(page))
  return url.href
}

/** Reads the answer of that address. Throws `invalid` for another shape; the sentence quotes nothing of the answer. */
export function readPage(mapping: Polled, cursor: string | null, body: unknown): Page {
  const records = valueAt(body, mapping.poll.results)
  if (!Array.isArray(records))
    throw new Problem(
      'invalid/answer-without-list',
      `The answer has no list at ${mapping.poll.results}.`,
    )
  return mapping.poll.shape === 'certiverse'
    ? newOnes(mapping, cursor, { body, records })
    : changedOnes(mapping, cursor, { body, records })
}

/** The results after the cursor. The answer contains the next cursor. */
function newOnes({ poll }: Polled, cursor: string | null, { body, records }: Answer): Page {
  const next = textAt(body, poll.cursor) || cursor
  const says = poll.more === undefined ? records.length > 0 : valueAt(body, poll.more) === true
  return { records, cursor: next, more: says && next !== cursor }
}
