import type { Db } from '../database.ts'

/** Where an adapter that polls has come to, in what it asked, and since when and where results were refused. */
export type PollRecord = {
  adapter: string
  cursor: string | null
  asked: string | null
  refused_at: string | null
  refused_from: string | null
}

const columns = ['adapter', 'cursor', 'asked', 'refused_at', 'refused_from'] as const

/** Nothing, when the adapter never was answered. */
export function findPoll(db: Db, adapter: string): Promise<PollRecord | undefined> {
  return db.selectFrom('poll').select(columns).where('adapter', '=', adapter).executeTakeFirst()
}

/** The adapters whose results were refused, and not asked for again since. */
export function listRefused(db: Db): Promise<PollRecord[]> {
  return db
    .selectFrom('poll')
    .select(columns)
    .where('refused_at', 'is not', null)
    .orderBy('adapter')
    .execute()
}

type Step = { from: string | null; to: string | null; asked: string; at: string }

/** Keeps where it has come to: only when everything before is kept, and unless it was sent elsewhere meanwhile. */
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

/** Sends it to another place, from where all will be read again: what was refused there, too. */
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

/** Keeps since when, and from which cursor on, results were refused; the first time stands. */
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
