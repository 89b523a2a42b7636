import type { SelectQueryBuilder } from 'kysely'
import type { Badge } from '../../domain/badge/badge.ts'
import { everyKey, type Reach } from '../../domain/badge/directory.ts'
import type { Db, Tx } from '../database.ts'
import { fixedQuery } from '../fixed-query.ts'
import { nextPlace } from '../sitemap.ts'
import type { Tables } from '../tables.ts'
import { badgeColumns, toBadge } from './badge-rows.ts'

/** Replaces the directory's rows of a badge: one for each of its keys. Its place in the sitemap stays. */
export async function replaceListing(
  db: Tx,
  { id, slug, achievement, validFrom, validUntil }: Badge,
  keys: string[],
): Promise<void> {
  const before = await unlisted(db, { id })
  if (keys.length === 0) return
  const place = before.find((row) => row.place !== null)?.place ?? (await nextPlace(db, 'badges'))
  const entry = { badge_id: id, slug, achievement, valid_from: validFrom, valid_until: validUntil }
  await db
    .insertInto('directory')
    .values(keys.map((key) => ({ key, ...entry, place: key === everyKey ? place : null })))
    .execute()
}

const unlisted = fixedQuery((db, { id }: { id: string }) =>
  db.deleteFrom('directory').where('badge_id', '=', id).returning('place'),
)

type Page = { now: string; offset: number; limit: number }

/**
 * The unexpired badges that a search matches (`now` is in whole seconds): ordered by key, then newest first. One query,
 * which walks an index no further than the page.
 */
export async function findListed(db: Db, reach: Reach, page: Page): Promise<Badge[]> {
  const hits = findHits(db, reach, page)
  const rows = await db
    .selectFrom(hits.as('hit'))
    .innerJoin('badge', 'badge.id', 'hit.badge_id')
    .select(badgeColumns)
    .select('hit.key')
    .execute()
  const order = (row: (typeof rows)[number]) => (reach.names ? row.key : '')
  return rows.toSorted((one, other) => compare(one, other, order)).map(toBadge)
}

function compare<Hit extends { valid_from: string; id: string }>(
  one: Hit,
  other: Hit,
  order: (hit: Hit) => string,
) {
  const by = Buffer.compare(Buffer.from(order(one)), Buffer.from(order(other)))
  if (by !== 0) return by
  if (one.valid_from !== other.valid_from) return one.valid_from < other.valid_from ? 1 : -1
  return one.id < other.id ? -1 : 1
}

type Hits = SelectQueryBuilder<
  Tables,
  'directory',
  Pick<Tables['directory'], 'key' | 'valid_from' | 'badge_id'>
>

/**
 * Each branch is limited to what the page may need, so few rows are sorted in the end, whatever plan the database
 * chooses.
 */
function findHits(db: Db, reach: Reach, { now, offset, limit }: Page) {
  // Matches of a text are ordered by key; within a key, and without a text, the newest is first.
  const order = (hits: Hits) =>
    (reach.names ? hits.orderBy('key') : hits).orderBy('valid_from', 'desc').orderBy('badge_id')
  const [first, ...others] = branches(db, reach, now).map(order)
  if (!first) throw new Error('a search reaches nothing')
  if (others.length === 0) return first.limit(limit).offset(offset)
  const parts = [first, ...others].map(
    (each) =>
      db
        .selectFrom(each.limit(offset + limit).as('part'))
        .select(['part.key', 'part.valid_from', 'part.badge_id']) as unknown as Hits,
  )
  return order(parts.reduce((all, next) => all.unionAll(next)))
    .limit(limit)
    .offset(offset)
}

function branches(db: Db, { keys, names }: Reach, now: string): Hits[] {
  const from = db
    .selectFrom('directory')
    .select(['directory.key', 'directory.valid_from', 'directory.badge_id'])
    .where('directory.valid_until', '>', now)
  const whole = keys.map((key) => from.where('directory.key', '=', key))
  if (!names) return whole
  const named = from
    .where('directory.key', '>=', names.from)
    .where('directory.key', '<', names.to)
    // `mar` finds Maria Marini once.
    .where('directory.key', '=', (is) =>
      is
        .selectFrom('directory as first')
        .select((row) => row.fn.min('first.key').as('key'))
        .whereRef('first.badge_id', '=', 'directory.badge_id')
        .where('first.key', '>=', names.from)
        .where('first.key', '<', names.to),
    )
  const only = names.only ? named.where('directory.achievement', 'in', names.only) : named
  const rest =
    names.except.length > 0 ? only.where('directory.achievement', 'not in', names.except) : only
  return [...whole, rest]
}

/** Deletes the rows of expired badges, for at most `limit` rows at once. Answers how many rows it deleted. */
export async function pruneDirectory(db: Db, now: string, limit: number): Promise<number> {
  const gone = await db
    .deleteFrom('directory')
    .where('badge_id', 'in', (from) =>
      from.selectFrom('directory').select('badge_id').where('valid_until', '<=', now).limit(limit),
    )
    .executeTakeFirst()
  return Number(gone.numDeletedRows)
}
