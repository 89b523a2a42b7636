import type { Mapping, Poll } from '../../schemas/mapping.ts'
import { type FieldError, Problem } from '../problem.ts'
import { readMoment } from './dates.ts'
import { textAt, valueAt } from './places.ts'

/** One answer of a vendor that is polled: its results, where to go on, and whether there is more at once. */
export type Page = { records: unknown[]; cursor: string | null; more: boolean }

/** A mapping that is polled. */
export type Polled = Mapping & { poll: Poll }

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

/** Where to ask for what comes after a cursor; without one, from the beginning. */
export function pageUrl({ poll }: Polled, cursor: string | null): string {
  const url = new URL(poll.url)
  if (poll.shape === 'certiverse') {
    if (cursor !== null) url.searchParams.set(poll.cursorParameter, cursor)
    return url.href
  }
  const { since, page } = place(cursor)
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

type Answer = { body: unknown; records: unknown[] }

/** Whatever the cursor has not seen; the answer says where it stands now. */
function newOnes({ poll }: Polled, cursor: string | null, { body, records }: Answer): Page {
  const next = textAt(body, poll.cursor) || cursor
  const says = poll.more === undefined ? records.length > 0 : valueAt(body, poll.more) === true
  return { records, cursor: next, more: says && next !== cursor }
}

type Place = { since?: string; page: number }

/**
 * Whatever changed since an instant, oldest change first. Page numbers move while results change, so the next page is asked for by
 * the last change that was seen, less a second, and by number only while that does not move.
 */
function changedOnes(mapping: Polled, cursor: string | null, { body, records }: Answer): Page {
  const { poll, dates = {} } = mapping
  const { since, page } = place(cursor)
  const pages = textAt(body, poll.pages)
  if (!/^\d+$/.test(pages))
    throw new Problem('invalid', `The answer has no number of pages at ${poll.pages}.`)
  const changes = records.flatMap((record) => instantOf(record, poll.changed, dates) ?? [])
  if (changes.some((change, at) => at > 0 && change < (changes[at - 1] ?? 0)))
    throw new Problem(
      'invalid',
      `The answer is not in the order of ${poll.changed}, oldest first; have the url ask for that.`,
    )
  const last = changes.at(-1)
  const next = last === undefined ? undefined : (last - 1) * 1000
  const moved = next !== undefined && (since === undefined || next > Date.parse(since))
  const seen = moved ? new Date(next).toISOString() : since
  const more = page < Number(pages)
  return {
    records,
    more,
    cursor: JSON.stringify({ since: seen, page: more && !moved ? page + 1 : 1 }),
  }
}

/** When a result changed last, in whole seconds; nothing, where that cannot be read: then the result is still taken. */
function instantOf(record: unknown, changed: string | undefined, dates: Mapping['dates'] & object) {
  const text = valueAt(record, changed ?? '')
  const moment = typeof text === 'string' ? readMoment(text, dates) : undefined
  return moment === undefined ? undefined : Math.floor(Date.parse(moment) / 1000)
}

function place(cursor: string | null): Place {
  return cursor === null ? { page: 1 } : (JSON.parse(cursor) as Place)
}
