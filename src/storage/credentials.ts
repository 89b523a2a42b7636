import type { Credential, CredentialKind, RevocationClass } from '../domain/badge.ts'
import type { Db } from './database.ts'
import { countChange } from './status-lists.ts'
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
  'replaced_at',
  'holder_name',
  'recipient_hash',
  'recipient_salt',
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
      holder_name: credential.name,
      recipient_hash: credential.recipient?.hash ?? null,
      recipient_salt: credential.recipient?.salt ?? null,
    })
    .execute()
}

type By = { badge_id: string } | { assertion_id: string } | { credential_id: string }

/** The standard credential of a badge that stands, or the one that bears an id, replaced or not. */
export async function findCredential(db: Db, by: By): Promise<Credential | undefined> {
  const [[column, value]] = Object.entries(by) as [
    ['badge_id' | 'assertion_id' | 'credential_id', string],
  ]
  let query = db.selectFrom('credential').select(columns).where(column, '=', value)
  if ('badge_id' in by)
    query = query.where('kind', '=', 'standard').where('replaced_at', 'is', null)
  const row = await query.executeTakeFirst()
  return row && toCredential(row)
}

/** A credential from its row. */
export function toCredential(
  row: Pick<Tables['credential'], (typeof columns)[number]>,
): Credential {
  const { recipient_hash: hash, recipient_salt: salt } = row
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
    name: row.holder_name,
    recipient: hash !== null && salt !== null ? { hash, salt } : null,
    replacedAt: row.replaced_at,
  }
}

/** Keeps the signed bytes of the Data Integrity form and their key; the first kept win. */
export async function keepDataIntegrity(
  db: Db,
  id: string,
  bytes: string,
  key: string,
): Promise<void> {
  await db
    .updateTable('credential')
    .set({ data_integrity: bytes, data_integrity_key: key })
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

/** Keeps the VC-JWT and its key; the first kept win. Answers the bytes that are kept. */
export async function keepCredentialJwt(
  db: Db,
  id: string,
  bytes: string,
  key: string,
): Promise<string> {
  await db
    .updateTable('credential')
    .set({ credential_jwt: bytes, credential_jwt_key: key })
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

/** The credentials of one kind of a badge that stand. */
export async function findStanding(
  db: Db,
  badgeId: string,
  kind: CredentialKind,
): Promise<Credential[]> {
  const rows = await db
    .selectFrom('credential')
    .select(columns)
    .where('badge_id', '=', badgeId)
    .where('kind', '=', kind)
    .where('replaced_at', 'is', null)
    .orderBy('reserved_at')
    .orderBy('id')
    .execute()
  return rows.map(toCredential)
}

/**
 * Revokes the credentials of a badge, or those of one kind, as `corrected`, because others take their place; their status lists
 * count a change. Answers what was revoked.
 */
export async function replaceCredentials(
  db: Db,
  badgeId: string,
  at: string,
  kind?: CredentialKind,
): Promise<Credential[]> {
  let query = db
    .updateTable('credential')
    .set({ replaced_at: at, revoked_class: 'corrected' })
    .where('badge_id', '=', badgeId)
    .where('replaced_at', 'is', null)
  if (kind) query = query.where('kind', '=', kind)
  const replaced = await query.returning(columns).execute()
  for (const list of new Set(replaced.map(({ status_list }) => status_list)))
    await countChange(db, list)
  return replaced.map(toCredential)
}

/** The revoked assertions that one RSA key signed. One that was never signed is in nobody's hands and not listed. */
export async function findRevokedAssertions(db: Db, key: string) {
  const rows = await db
    .selectFrom('credential')
    .select(['assertion_id', 'revoked_class'])
    .where('revoked_class', 'is not', null)
    .where('assertion_key', '=', key)
    .unionAll(
      db
        .selectFrom('erased_credential')
        .select(['assertion_id', 'revoked_class'])
        .where('revoked_class', 'is not', null)
        .where('assertion_key', '=', key),
    )
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
    .unionAll(
      db
        .selectFrom('erased_credential')
        .select(['credential_id', 'revoked_class'])
        .where('revoked_class', 'is not', null)
        .where('status_method', '=', '1EdTechRevocationList'),
    )
    .orderBy('credential_id')
    .execute()
  return rows.flatMap(({ credential_id, revoked_class }) =>
    revoked_class ? [{ credentialId: credential_id, revokedClass: revoked_class }] : [],
  )
}
