import { type RawBuilder, sql } from 'kysely'
import type { Db } from './database.ts'

/** What the sitemap lists. */
export type Listing = 'badges' | 'profiles'

/** Each has a place in the sitemap, which it keeps while it is listed; two may share one. */
const listings = {
  badges: {
    table: sql.table('directory'),
    name: sql.ref('slug'),
    has: sql`place is not null`,
    at: (now: string) => sql`valid_until > ${now}`,
  },
  profiles: {
    table: sql.table('profile'),
    name: sql.ref('handle'),
    // Literals: a partial index is used only if the query contains its condition literally.
    has: sql`shown = 1 and discoverable = 1`,
    at: () => sql`shown = 1 and discoverable = 1`,
  },
}

/** The first place after all that are listed. Of two transactions at once, both may take it. */
export async function nextPlace(db: Db, listing: Listing): Promise<number> {
  const { table, has } = listings[listing]
  const last = sql<{ place: number | null }>`select max(place) as place from ${table} where ${has}`
  return ((await last.execute(db)).rows[0]?.place ?? 0) + 1
}

/**
 * The parts of the sitemap, counted from 1 and each of `size` places, that list something (`now` is in whole seconds): one
 * step in an index for each.
 */
export async function listParts(
  db: Db,
  listing: Listing,
  { now, size }: { now: string; size: number },
): Promise<number[]> {
  const { table, at } = listings[listing]
  const firstAfter = (
    place: RawBuilder<unknown>,
  ) => sql`(select (min(place) - 1) / ${sql.lit(size)} + 1
    from ${table} where place > ${place} and ${at(now)})`
  // A query that begins with `select` is a read.
  const { rows } = await sql<{
    number: number
  }>`select number from (with recursive part (number) as (
    select ${firstAfter(sql.lit(0))} union all
    select ${firstAfter(sql`part.number * ${sql.lit(size)}`)} from part where number is not null
  ) select number from part where number is not null) as part`.execute(db)
  return rows.map(({ number }) => number)
}

/** What a part lists, by slug or handle, in the order in which it was listed, so that full parts do not change. */
export async function listPart(
  db: Db,
  listing: Listing,
  { now, size, part }: { now: string; size: number; part: number },
): Promise<string[]> {
  const { table, name, at } = listings[listing]
  const { rows } = await sql<{ name: string }>`select ${name} as name from ${table}
    where place > ${(part - 1) * size} and place <= ${part * size} and ${at(now)}
    order by place`.execute(db)
  return rows.map((row) => row.name)
}
