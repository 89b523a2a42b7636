import { randomBytes } from 'node:crypto'
import { statusListLength } from '../../src/credentials/status-lists.ts'
import { drawnAhead } from '../../src/domain/work/random-ids.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { bulkRows } from './bulk-rows.ts'
import { copier } from './copies.ts'
import { recordsOf } from './records.ts'

type Options = {
  /** Called after each part with the number of copies so far. */
  progress?: (made: number) => void
}

/** Copies that are written together. */
const part = 500

/**
 * Adds copies of the badges on record, in turn, with everything that belongs to each: its result, candidate, account,
 * documents, mails, jobs and audit. Ids keep their kind and are as random, or as ordered by time, as real ones; the
 * copies are spread evenly over the days before their originals; each has a place of its own in a status list. Their
 * signatures are those of the originals, and do not verify.
 */
export async function multiply(
  url: string,
  many: number,
  { progress = () => {} }: Options = {},
): Promise<void> {
  const db = await openDatabase(url)
  const random = drawnAhead(randomBytes)
  const badges = await db.selectFrom('badge').select('id').orderBy('id').execute()
  const records = await Promise.all(badges.map(({ id }) => recordsOf(db, id)))
  const { last } = await db
    .selectFrom('status_list')
    .select(({ fn }) => fn.max('id').as('last'))
    .executeTakeFirstOrThrow()
  await db.destroy()
  const places = placesAfter(last)
  const copy = records.map((each) => copier(each, { random, nextPlace: places.next }))
  const rows = await bulkRows(url)
  try {
    for (let made = 0; made < many; ) {
      const ages = Array.from({ length: Math.min(part, many - made) }, (_, at) => many - made - at)
      const copies = ages.map((age) => {
        const make = copy[age % copy.length]
        if (!make) throw new Error('there is no badge to copy')
        return make({ number: many - age + 1, daysBefore: (age / many) * spread })
      })
      for (const { table } of copies[0] ?? []) await rows.add(table, copies.flatMap(textsOf(table)))
      made += copies.length
      progress(made)
    }
    await rows.add('status_list', places.lists())
  } finally {
    await rows.close()
  }
}

/** Badges are valid for two years: copies from the days before are all valid, and remind of their end later. */
const spread = 500

const textsOf = (table: string) => (copies: { table: string; texts: string[] }[]) =>
  copies.find((each) => each.table === table)?.texts ?? []

/** Places in new status lists, each half full before the next begins, in no order. */
function placesAfter(last: number) {
  let taken = 0
  const wellFilled = statusListLength / 2
  return {
    next: () => {
      const list = last + 1 + Math.floor(taken / wellFilled)
      // An odd factor visits every place once.
      const index = (taken * 40_503 + list * 7919) % statusListLength
      taken += 1
      return { list, index }
    },
    lists: () =>
      Array.from({ length: Math.ceil(taken / wellFilled) }, (_, at) =>
        JSON.stringify({
          id: last + 1 + at,
          used: Math.min(wellFilled, taken - at * wellFilled),
          changes: 0,
        }),
      ),
  }
}
