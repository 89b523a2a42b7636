import type { Db, Tx } from '../database.ts'

/**
 * Ids of unrevoked badges that a key has signed or that name it, apart from replaced credentials; `limit` at a time,
 * from the one after `after`.
 */
export async function findBadgesOnKey(
  db: Db,
  key: string,
  { after, limit }: { after: string; limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('badge')
    .select('badge.id')
    .where('badge.id', '>', after)
    .where('badge.revoked_at', 'is', null)
    .where((is) =>
      is.or([
        is('badge.hosted_key', '=', key),
        is.exists(
          is
            .selectFrom('credential')
            .select('credential.id')
            .whereRef('credential.badge_id', '=', 'badge.id')
            .where('credential.replaced_at', 'is', null)
            .where((signed) =>
              signed.or([
                signed('credential.data_integrity_key', '=', key),
                signed('credential.assertion_key', '=', key),
                signed('credential.credential_jwt_key', '=', key),
              ]),
            ),
        ),
      ]),
    )
    .orderBy('badge.id')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** Makes the hosted assertion of a badge that was never issued name another key. */
export async function moveHosted(db: Tx, id: string, key: string): Promise<void> {
  await db.updateTable('badge').set({ hosted_key: key }).where('id', '=', id).execute()
}
