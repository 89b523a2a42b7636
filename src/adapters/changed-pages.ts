import { createHash } from 'node:crypto'
import { Problem } from '../problem.ts'
import { readMoment } from './dates.ts'
import { writtenNumber } from './json.ts'
import { textAt, valueAt } from './places.ts'
import type { Answer, Page, Polled } from './polled.ts'

/**
 * The position of reading: everything that changed before `since` was read. Within a pass through numbered pages,
 * `seen` holds the digests of the results that the pass saw so far, `before` is the digest of the previous pass, `open`
 * says that this pass saw nothing later than its second, and `tries` counts the passes that did not agree.
 */
type Place = {
  since?: string | undefined
  page: number
  seen?: string
  before?: string | undefined
  open?: boolean | undefined
  tries?: number | undefined
}

/** After so many passes that did not agree, the answer is marked as `moving`, so that the operator learns of it. */
const patience = 4

/** Reads a cursor. An unreadable one means the beginning. */
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
 * Reads a page of what changed since an instant, oldest change first.
 *
 * Each page shows a single moment, so the next one is requested by its last change, less a second. Only when a page has
 * nothing beyond that second are further pages requested by number. Results move between numbered pages, so these are
 * read until two passes saw the same results in the same order and none twice: then nothing moved between the end of
 * the first and the beginning of the second, and the passes saw everything. That is certain only for a second in the
 * past, which results can only leave, so the first of the two passes must have seen a later second. Throws `invalid`
 * for an answer of another shape.
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
  // If a page begins after the second, results may have moved from it to the page before in the meantime.
  const upTo = page === 1 || within(0) ? last - 1 : end
  return goOn({ since: new Date(upTo * 1000).toISOString(), page: 1 })
}

/** The last second that is read by page number. If no change could be read, only page numbers lead on. */
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
    throw new Problem(
      'invalid/answer-without-pages',
      `The answer has no number of pages at ${poll.pages}.`,
    )
  return Number(pages)
}

/**
 * The last change of each result, in whole seconds. Undefined where it cannot be read; such a result is taken all the
 * same.
 */
function changesOf({ poll, dates = {} }: Polled, records: unknown[]) {
  const changes = records.map((record) => {
    const text = valueAt(record, poll.changed ?? '')
    const moment = typeof text === 'string' ? readMoment(text, dates) : undefined
    return moment === undefined ? undefined : Math.floor(Date.parse(moment) / 1000)
  })
  const known = changes.filter((change) => change !== undefined)
  if (known.some((change, at) => at > 0 && change < (known[at - 1] ?? 0)))
    throw new Problem(
      'invalid/answer-not-in-order',
      `The answer is not in the order of ${poll.changed}, oldest first; have the url ask for that.`,
    )
  return changes
}

const markLength = 8

/**
 * Eight letters that identify a result and its last change. Other fields are left out, because they may differ with
 * every request.
 */
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
