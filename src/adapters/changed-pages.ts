import { createHash } from 'node:crypto'
import { Problem } from '../problem.ts'
import { readMoment } from './dates.ts'
import { writtenNumber } from './json.ts'
import { textAt, valueAt } from './places.ts'
import type { Answer, Page, Polled } from './polled.ts'

/**
 * Where reading has come to: whatever changed before `since` is read. Within a pass through pages by number, `seen` are the marks of
 * what it saw so far, `before` is the digest of the pass before, `open` says that this one saw nothing later than its second, and
 * `tries` are the passes that did not agree.
 */
type Place = {
  since?: string | undefined
  page: number
  seen?: string
  before?: string | undefined
  open?: boolean | undefined
  tries?: number | undefined
}

/** After so many passes that did not agree, somebody should hear of it. */
const patience = 4

/** Where a cursor points; one that cannot be read points to the beginning. */
export function placeOf(cursor: string | null): Place {
  const { since, page, seen, before, open, tries } = parsed(cursor)
  if (!Number.isInteger(page) || Number(page) < 1) return { page: 1 }
  if (since !== undefined && Number.isNaN(Date.parse(String(since)))) return { page: 1 }
  return {
    page: Number(page),
    ...(since !== undefined && { since: String(since) }),
    ...(typeof seen === 'string' && { seen }),
    ...(typeof before === 'string' && { before }),
    ...(open === true && { open }),
    ...(typeof tries === 'number' && { tries }),
  }
}

/**
 * Reads a page of what changed since an instant, oldest change first. One page is of one moment, so the next one is asked for by the
 * last change on it, less a second. Only where a page holds no more than that second are more of them asked for by number. Results
 * move between those pages, so all of them are read until two passes saw the same in the same order and nothing twice: then nothing
 * moved from the end of the one to the beginning of the other, and that is all there was. That holds for a second that is over,
 * out of which results only move: so the first of the two must have seen a later one. Throws `invalid` for another shape.
 */
export function changedOnes(mapping: Polled, cursor: string | null, answer: Answer): Page {
  const { records } = answer
  const place = placeOf(cursor)
  const { since, page, before, open, tries = 0 } = place
  const changes = changesOf(mapping, records)
  const more = page < pagesOf(mapping, answer)
  const end = endOf(place)
  const within = (at: number) => (changes[at] ?? 0) <= end
  const last = changes.findLast((change) => change !== undefined) ?? 0
  const marks = records.filter((_, at) => within(at)).map((record) => mark(mapping, record))
  const seen = (place.seen ?? '') + marks.join('')
  const goOn = (next: Place, also = {}) => ({
    records,
    more,
    cursor: JSON.stringify(next),
    ...also,
  })
  if (more && last <= end) return goOn({ since, page: page + 1, seen, before, open, tries })
  const pass = page === 1 ? undefined : createHash('sha256').update(seen).digest('base64url')
  const isOpen = last <= end
  if (pass !== undefined && (pass !== before || hasTwice(seen)))
    return goOn(
      { since, page: 1, before: pass, open: isOpen, tries: tries + 1 },
      { more: true, moving: tries >= patience },
    )
  if (isOpen) return goOn({ since, page: 1, before: pass, open: true })
  if (pass !== undefined && open)
    return goOn({ since, page: 1, before: pass, tries }, { more: true })
  // A page that begins after the second may have lost to the one before it what moved meanwhile.
  const upTo = page === 1 || within(0) ? last - 1 : end
  return goOn({ since: new Date(upTo * 1000).toISOString(), page: 1 })
}

/** The last second that is read by number; without a change that can be read, nothing but numbers leads on. */
function endOf({ since, page }: Place): number {
  if (since !== undefined) return Date.parse(since) / 1000 + 1
  return page === 1 ? 0 : Number.POSITIVE_INFINITY
}

function parsed(cursor: string | null): Record<string, unknown> {
  try {
    return Object(JSON.parse(cursor ?? '{}'))
  } catch {
    return {}
  }
}

function pagesOf({ poll }: Polled, { body }: Answer): number {
  const pages = textAt(body, poll.pages)
  if (!/^\d+$/.test(pages))
    throw new Problem('invalid', `The answer has no number of pages at ${poll.pages}.`)
  return Number(pages)
}

/** When results changed last, in whole seconds; nothing, where that cannot be read: then the result is still taken. */
function changesOf({ poll, dates = {} }: Polled, records: unknown[]) {
  const changes = records.map((record) => {
    const text = valueAt(record, poll.changed ?? '')
    const moment = typeof text === 'string' ? readMoment(text, dates) : undefined
    return moment === undefined ? undefined : Math.floor(Date.parse(moment) / 1000)
  })
  const known = changes.filter((change) => change !== undefined)
  if (known.some((change, at) => at > 0 && change < (known[at - 1] ?? 0)))
    throw new Problem(
      'invalid',
      `The answer is not in the order of ${poll.changed}, oldest first; have the url ask for that.`,
    )
  return changes
}

const markLength = 8

/** Eight letters for a result as it is since its last change; other fields may differ each time that they are asked for. */
function mark({ poll, fields }: Polled, record: unknown): string {
  const id = valueAt(record, fields.resultId?.from ?? '') || record
  const text = JSON.stringify(
    [id, valueAt(record, poll.changed ?? '')],
    (_key, value) => writtenNumber(value) ?? value,
  )
  return createHash('sha256').update(text).digest('base64url').slice(0, markLength)
}

function hasTwice(pass: string): boolean {
  const count = pass.length / markLength
  const marks = Array.from({ length: count }, (_, at) =>
    pass.slice(at * markLength, (at + 1) * markLength),
  )
  return new Set(marks).size < count
}
