import type { Credential, RevocationClass } from '../domain/badge.ts'
import type { Db } from './database.ts'
import type { Tables } from './tables.ts'

const columns = [
  'id',
  'badge_id',
  'kind',
  'assertion_id',
  'credential_id',
  'status_list',
  'status_index',
  'reserved_at',
  'data_integrity',
  'assertion_jws',
  'assertion_key',
  'credential_jwt',
] as const

/** Puts a credential on record: its ids, its place in the status list, the time that its proof will bear. */
export async function reserveCredential(db: Db, credential: Credential): Promise<void> {
  await db
    .insertInto('credential')
    .values({
      id: credential.id,
      badge_id: credential.badgeId,
      kind: credential.kind,
      assertion_id: credential.assertionId,
      credential_id: credential.credentialId,
      status_list: credential.statusList,
      status_index: credential.statusIndex,
      reserved_at: credential.reservedAt,
    })
    .execute()
}

type By = { badge_id: string } | { assertion_id: string } | { credential_id: string }

/** The credential of a badge, or the one that bears an id. */
export async function findCredential(db: Db, by: By): Promise<Credential | undefined> {
  const [[column, value]] = Object.entries(by) as [
    ['badge_id' | 'assertion_id' | 'credential_id', string],
  ]
  const row = await db
    .selectFrom('credential')
    .select(columns)
    .where(column, '=', value)
    .executeTakeFirst()
  return row && toCredential(row)
}

/** A credential from its row. */
export function toCredential(
  row: Pick<Tables['credential'], (typeof columns)[number]>,
): Credential {
  return {
    id: row.id,
    badgeId: row.badge_id,
    kind: row.kind,
    assertionId: row.assertion_id,
    credentialId: row.credential_id,
    statusList: row.status_list,
    statusIndex: row.status_index,
    reservedAt: row.reserved_at,
    dataIntegrity: row.data_integrity,
    assertionJws: row.assertion_jws,
    assertionKey: row.assertion_key,
    credentialJwt: row.credential_jwt,
  }
}

/** Keeps the signed bytes of the Data Integrity form; the first kept win. */
export async function keepDataIntegrity(db: Db, id: string, bytes: string): Promise<void> {
  await db
    .updateTable('credential')
    .set({ data_integrity: bytes })
    .where('id', '=', id)
    .where('data_integrity', 'is', null)
    .execute()
}

/** Keeps the OB 2.0 JWS and its key; the first kept win. Answers the bytes that are kept. */
export async function keepAssertionJws(
  db: Db,
  id: string,
  bytes: string,
  key: string,
): Promise<string> {
  await db
    .updateTable('credential')
    .set({ assertion_jws: bytes, assertion_key: key })
    .where('id', '=', id)
    .where('assertion_jws', 'is', null)
    .execute()
  return kept(db, id, 'assertion_jws')
}

/** Keeps the VC-JWT; the first kept wins. Answers the bytes that are kept. */
export async function keepCredentialJwt(db: Db, id: string, bytes: string): Promise<string> {
  await db
    .updateTable('credential')
    .set({ credential_jwt: bytes })
    .where('id', '=', id)
    .where('credential_jwt', 'is', null)
    .execute()
  return kept(db, id, 'credential_jwt')
}

async function kept(db: Db, id: string, column: 'assertion_jws' | 'credential_jwt') {
  const row = await db
    .selectFrom('credential')
    .select(column)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return row[column] ?? ''
}

/** Revokes every credential of a badge; their status lists count a change, so that they are signed anew. */
export async function revokeCredentials(
  db: Db,
  badgeId: string,
  revokedClass: RevocationClass,
): Promise<void> {
  await db
    .updateTable('credential')
    .set({ revoked_class: revokedClass })
    .where('badge_id', '=', badgeId)
    .where('revoked_class', 'is', null)
    .execute()
  await db
    .updateTable('status_list')
    .set((row) => ({ changes: row('changes', '+', 1) }))
    .where('id', 'in', (select) =>
      select.selectFrom('credential').select('status_list').where('badge_id', '=', badgeId),
    )
    .execute()
}

/** The revoked assertions that one RSA key signed. One that was never signed is in nobody's hands and not listed. */
export async function findRevokedAssertions(db: Db, key: string) {
  const rows = await db
    .selectFrom('credential')
    .select(['assertion_id', 'revoked_class'])
    .where('revoked_class', 'is not', null)
    .where('assertion_key', '=', key)
    .orderBy('assertion_id')
    .execute()
  return rows.flatMap(({ assertion_id, revoked_class }) =>
    revoked_class ? [{ assertionId: assertion_id, revokedClass: revoked_class }] : [],
  )
}

/** The revoked credentials whose status is 1EdTech's own list. */
export async function findRevokedCredentials(db: Db) {
  const rows = await db
    .selectFrom('credential')
    .innerJoin('badge', 'badge.id', 'credential.badge_id')
    .select(['credential.credential_id', 'credential.revoked_class'])
    .where('credential.revoked_class', 'is not', null)
    .where('badge.status_method', '=', '1EdTechRevocationList')
    .orderBy('credential.credential_id')
    .execute()
  return rows.flatMap(({ credential_id, revoked_class }) =>
    revoked_class ? [{ credentialId: credential_id, revokedClass: revoked_class }] : [],
  )
}
