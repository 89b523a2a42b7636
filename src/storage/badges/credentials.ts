import type { Credential, CredentialKind, ShapedText } from '../../domain/badge/badge.ts'
import {
  addShapes,
  keptRecipient,
  keptText,
  recipientOf,
  shapeText,
  textOf,
} from '../credential-texts.ts'
import { type Db, inTransaction, type Tx } from '../database.ts'
import { fixedInsert, fixedQuery, fixedWrite } from '../fixed-query.ts'
import type { Tables } from '../tables.ts'
import { countChange } from './status-lists.ts'

const names = [
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

/** The columns that `toCredential` needs. */
export const credentialColumns = [...names, shapeText] as const

/** The Data Integrity form of a credential: its text, also in parts where that is possible, and its key. */
export type Signed = { bytes: string; shaped: ShapedText | undefined; key: string }

/** A credential, and its Data Integrity form if it is signed. */
export type NewCredential = { credential: Credential; signed?: Signed }

/**
 * Records credentials: their ids, their places in the status list, the times of their proofs, and the signed bytes of
 * their Data Integrity forms.
 */
export async function addCredentials(db: Tx, credentials: NewCredential[]): Promise<void> {
  await addShapes(
    db,
    credentials.map(({ signed }) => signed?.shaped),
  )
  await newCredentials(db, credentials.map(rowOf))
}

function rowOf({ credential, signed }: NewCredential) {
  const text = signed ? keptText(signed) : { data_integrity: null, shape: null }
  return {
    id: credential.id,
    badge_id: credential.badgeId,
    kind: credential.kind,
    assertion_id: credential.assertionId,
    credential_id: credential.credentialId,
    status_list: credential.statusList,
    status_index: credential.statusIndex,
    reserved_at: credential.reservedAt,
    ...text,
    ...keptRecipient(credential.recipient, text),
    data_integrity_key: signed?.key ?? null,
    holder_name: credential.name,
  }
}

const newCredentials = fixedInsert((db, rows: ReturnType<typeof rowOf>[]) =>
  db.insertInto('credential').values(rows),
)

type By = { badge_id: string } | { assertion_id: string } | { credential_id: string }

/** The current standard credential of a badge, or the credential with an id, even if replaced. */
export async function findCredential(db: Db, by: By): Promise<Credential | undefined> {
  const [[column, value]] = Object.entries(by) as [[keyof typeof credentialBy, string]]
  const [row] = await credentialBy[column](db, { value })
  return row && toCredential(row)
}

const whereId = (column: 'badge_id' | 'assertion_id' | 'credential_id') =>
  fixedQuery((db, { value }: { value: string }) => {
    const query = db.selectFrom('credential').select(credentialColumns).where(column, '=', value)
    return column === 'badge_id'
      ? query.where('kind', '=', 'standard').where('replaced_at', 'is', null)
      : query
  })
const credentialBy = {
  badge_id: whereId('badge_id'),
  assertion_id: whereId('assertion_id'),
  credential_id: whereId('credential_id'),
}

/** What decides on a document: its badge, whether that is issued, and its status. */
export type DocumentStatus = Record<'issued' | 'revoked' | 'replaced' | 'suspended', boolean> & {
  badgeId: string
}

/** The status of the document with an id, in one read; undefined if there is none. */
export async function findStatus(
  db: Db,
  of: 'assertion' | 'credential',
  id: string,
): Promise<DocumentStatus | undefined> {
  const [row] = await statusBy[of](db, { id })
  return (
    row && {
      badgeId: row.badge_id,
      issued: row.issued_at !== null,
      revoked: row.revoked_at !== null,
      replaced: row.replaced_at !== null,
      suspended: row.suspended_at !== null,
    }
  )
}

const statusWhere = (column: 'assertion_id' | 'credential_id') =>
  fixedQuery((db, { id }: { id: string }) =>
    db
      .selectFrom('credential')
      .innerJoin('badge', 'badge.id', 'credential.badge_id')
      .select(['badge_id', 'issued_at', 'badge.revoked_at', 'replaced_at', 'suspended_at'])
      .where(column, '=', id),
  )
const statusBy = {
  assertion: statusWhere('assertion_id'),
  credential: statusWhere('credential_id'),
}

/** A credential from its row. */
export function toCredential(
  row: Pick<Tables['credential'], (typeof names)[number]> & { shape_text: string | null },
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
    dataIntegrity: textOf(row),
    assertionJws: row.assertion_jws,
    assertionKey: row.assertion_key,
    credentialJwt: row.credential_jwt,
    name: row.holder_name,
    recipient: recipientOf(row),
    replacedAt: row.replaced_at,
  }
}

/** Stores the signed bytes of the Data Integrity form and their key; the first stored bytes stay. */
export async function keepDataIntegrity(db: Tx, id: string, signed: Signed): Promise<void> {
  await addShapes(db, [signed.shaped])
  await firstDataIntegrity(db, { id, key: signed.key, ...keptText(signed) })
}

const firstDataIntegrity = fixedWrite(
  (db, { id, key, ...text }: { id: string; key: string } & ReturnType<typeof keptText>) =>
    db
      .updateTable('credential')
      .set({ ...text, data_integrity_key: key })
      .where('id', '=', id)
      .where('data_integrity', 'is', null),
)

/**
 * Stores the OB 2.0 JWS and its key; the first stored bytes stay. Answers the stored bytes. If the badge is revoked
 * already, its status list counts a change, because the revocation list of the key has the assertion from now on.
 */
export async function keepAssertionJws(
  db: Db,
  id: string,
  bytes: string,
  key: string,
): Promise<string> {
  await inTransaction(db, async (tx) => {
    const added = await tx
      .updateTable('credential')
      .set({ assertion_jws: bytes, assertion_key: key })
      .where('id', '=', id)
      .where('assertion_jws', 'is', null)
      .returning(['status_list', 'revoked_class'])
      .executeTakeFirst()
    if (added?.revoked_class) await countChange(tx, added.status_list)
  })
  return kept(db, id, 'assertion_jws')
}

/** Stores the VC-JWT and its key; the first stored bytes stay. Answers the stored bytes. */
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

/** The current credentials of a badge, of one kind. */
export async function findStanding(
  db: Db,
  badgeId: string,
  kind: CredentialKind,
): Promise<Credential[]> {
  const rows = await db
    .selectFrom('credential')
    .select(credentialColumns)
    .where('badge_id', '=', badgeId)
    .where('kind', '=', kind)
    .where('replaced_at', 'is', null)
    .orderBy('reserved_at')
    .orderBy('id')
    .execute()
  return rows.map(toCredential)
}
