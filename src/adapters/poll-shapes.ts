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

/** What a shape of polling needs and a mapping lacks. */
export function pollMistakes({ poll }: Mapping): FieldError[] {
  if (!poll) return []
  return needs[poll.shape]
    .filter((name) => poll[name] === undefined)
    .map((name) => ({
      path: `/poll/${name}`,
      message: `${name} is missing: the shape ${poll.shape} needs it.`,
    }))
}

/** A mark of what is asked and how the answer is read: a cursor means nothing to another url, shape or time zone. */
export function askedOf({ poll: { every: _, ...poll }, dates }: Polled): string {
  return createHash('sha256')
    .update(JSON.stringify([poll, dates]))
    .digest('base64url')
}

/** From where a page is found again, and its number where it has one. */
export function pageAt({ poll }: Polled, cursor: string | null) {
  if (poll.shape === 'certiverse') return { from: cursor }
  const { since, page } = placeOf(cursor)
  return { from: since === undefined ? null : JSON.stringify({ since, page: 1 }), page }
}

/** Where to ask for what comes after a cursor; without one, from the beginning. */
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

/** Reads what was answered there. Throws `invalid`, without a word of the answer, for what has not the shape. */
export function readPage(mapping: Polled, cursor: string | null, body: unknown): Page {
  const records = valueAt(body, mapping.poll.results)
  if (!Array.isArray(records))
    throw new Problem('invalid', `The answer has no list at ${mapping.poll.results}.`)
  return mapping.poll.shape === 'certiverse'
    ? newOnes(mapping, cursor, { body, records })
    : changedOnes(mapping, cursor, { body, records })
}

/** Whatever the cursor has not seen; the answer says where it stands now. */
function newOnes({ poll }: Polled, cursor: string | null, { body, records }: Answer): Page {
  const next = textAt(body, poll.cursor) || cursor
  const says = poll.more === undefined ? records.length > 0 : valueAt(body, poll.more) === true
  return { records, cursor: next, more: says && next !== cursor }
}
