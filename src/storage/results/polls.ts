import type { Db } from '../database.ts'

/** How far an adapter has polled, what it asked for, and since when and from where results were refused. */
export type PollRecord = {
  adapter: string
  cursor: string | null
  asked: string | null
  refused_at: string | null
  refused_from: string | null
}

const columns = ['adapter', 'cursor', 'asked', 'refused_at', 'refused_from'] as const

/** Undefined if the adapter never got an answer. */
export function findPoll(db: Db, adapter: string): Promise<PollRecord | undefined> {
  return db.selectFrom('poll').select(columns).where('adapter', '=', adapter).executeTakeFirst()
}

/** The adapters with refused results that have not been requested again. */
export function listRefused(db: Db): Promise<PollRecord[]> {
  return db
    .selectFrom('poll')
    .select(columns)
    .where('refused_at', 'is not', null)
    .orderBy('adapter')
    .execute()
}

type Step = { from: string | null; to: string | null; asked: string; at: string }

/**
 * Stores a new cursor, unless the adapter was sent elsewhere meanwhile. Everything before it must be stored already.
 */
export async function keepCursor(db: Db, adapter: string, { from, to, asked, at }: Step) {
  await db
    .insertInto('poll')
    .values({ adapter, cursor: to, asked, polled_at: at })
    .onConflict((conflict) =>
      conflict
        .column('adapter')
        .doUpdateSet({ cursor: to, asked, polled_at: at })
        .where('poll.cursor', from === null ? 'is' : '=', from),
    )
    .execute()
}

/** Sets another cursor, from which everything is read again, including results that were refused. */
export async function sendTo(
  db: Db,
  adapter: string,
  { cursor, asked }: { cursor: string | null; asked: string | null },
): Promise<void> {
  await db
    .updateTable('poll')
    .set({ cursor, asked, refused_at: null, refused_from: null })
    .where('adapter', '=', adapter)
    .execute()
}

/** Records since when, and from which cursor, results were refused; the first record stands. */
export async function noteRefused(
  db: Db,
  adapter: string,
  { at, from }: { at: string; from: string | null },
): Promise<void> {
  await db
    .insertInto('poll')
    .values({ adapter, cursor: null, polled_at: at, refused_at: at, refused_from: from })
    .onConflict((conflict) =>
      conflict
        .column('adapter')
        .doUpdateSet({ refused_at: at, refused_from: from })
        .where('poll.refused_at', 'is', null),
    )
    .execute()
}
