import type { Programme } from '../../schemas/programme.ts'
import { shapeText, textOf } from './credential-texts.ts'
import { type Db, hasTable } from './database.ts'

/** How many records can only be read with the secret of the key ring. */
export async function countSecretRecords(db: Db): Promise<number> {
  const counts = await Promise.all([
    db
      .selectFrom('erased_result')
      .select((row) => row.fn.countAll().as('n'))
      .executeTakeFirst(),
    db
      .selectFrom('erased_attempt')
      .select((row) => row.fn.countAll().as('n'))
      .executeTakeFirst(),
    db
      .selectFrom('candidate')
      .select((row) => row.fn.countAll().as('n'))
      .where('mark', 'is not', null)
      .executeTakeFirst(),
    db
      .selectFrom('former_handle')
      .select((row) => row.fn.countAll().as('n'))
      .where('account_id', 'is', null)
      .executeTakeFirst(),
  ])
  return counts.reduce((sum, row) => sum + Number(row?.n ?? 0), 0)
}

/** How many badges were signed: in all, and with one of these keys. */
export async function countSigned(db: Db, keys: string[]): Promise<{ all: number; by: number }> {
  const signed = db
    .selectFrom('credential')
    .select((row) => row.fn.countAll().as('n'))
    .where('data_integrity', 'is not', null)
  const all = await signed.executeTakeFirst()
  const by =
    keys.length === 0
      ? undefined
      : await signed
          .where((row) =>
            row.or([
              row('data_integrity_key', 'in', keys),
              row('assertion_key', 'in', keys),
              row('credential_jwt_key', 'in', keys),
            ]),
          )
          .executeTakeFirst()
  return { all: Number(all?.n ?? 0), by: Number(by?.n ?? 0) }
}

/** The latest signed credential, as its bytes; undefined if there is none. An older database has no shapes. */
export async function findAnyCredential(db: Db): Promise<string | undefined> {
  const signed = db
    .selectFrom('credential')
    .select('data_integrity')
    .where('data_integrity', 'is not', null)
    .orderBy('reserved_at', 'desc')
    .limit(1)
  const row = (await hasTable(db, 'credential_shape'))
    ? await signed.select(shapeText).executeTakeFirst()
    : { data_integrity: null, ...(await signed.executeTakeFirst()), shape_text: null }
  return (row && textOf(row)) ?? undefined
}

/** The programme adopted last; undefined if Blazon never started on this database. */
export async function findLastProgramme(db: Db): Promise<Programme | undefined> {
  const row = await db
    .selectFrom('programme_version')
    .select('document')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && (JSON.parse(row.document) as { programme: Programme }).programme
}
