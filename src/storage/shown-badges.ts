import type { Badge, Credential, Holder } from '../domain/badge.ts'
import { badgeColumns, toBadge } from './badges.ts'
import { toCredential } from './credentials.ts'
import type { Db } from './database.ts'

/** All that a public form is made from. */
export type ShownBadge = { badge: Badge; credential: Credential; holder: Holder }

/** A badge with its credential and its holder's name, in one look, so that an unknown address costs what a known one does. */
export async function findShownBadge(
  db: Db,
  at: { slug: string } | { hostedId: string },
): Promise<ShownBadge | undefined> {
  const [column, value] =
    'slug' in at ? (['badge.slug', at.slug] as const) : (['badge.hosted_id', at.hostedId] as const)
  const row = await db
    .selectFrom('badge')
    .innerJoin('credential', 'credential.badge_id', 'badge.id')
    .innerJoin('result', (join) =>
      join
        .onRef('result.source', '=', 'badge.source')
        .onRef('result.result_id', '=', 'badge.result_id'),
    )
    .select(badgeColumns)
    .select([
      'credential.id as credential_row',
      'credential.assertion_id',
      'credential.credential_id',
      'credential.status_list',
      'credential.status_index',
      'credential.reserved_at as credential_reserved_at',
      'credential.data_integrity',
      'credential.assertion_jws',
      'credential.assertion_key',
      'credential.credential_jwt',
      'result.full_name',
      'result.latin_name',
    ])
    .where(column, '=', value)
    .executeTakeFirst()
  if (!row) return undefined
  return {
    badge: toBadge(row),
    credential: toCredential({
      ...row,
      id: row.credential_row,
      badge_id: row.id,
      reserved_at: row.credential_reserved_at,
    }),
    holder: { fullName: row.full_name, latinName: row.latin_name },
  }
}
