import { sql } from 'kysely'
import type { Recipient, ShapedText } from '../domain/badge/badge.ts'
import type { Tx } from './database.ts'
import { fixedInsert } from './fixed-query.ts'
import type { Tables } from './tables.ts'

/** Records shapes that are not on record. */
export async function addShapes(db: Tx, texts: (ShapedText | undefined)[]): Promise<void> {
  const shapes = new Map(texts.flatMap((each) => (each ? [[each.id, each.shape] as const] : [])))
  await newShapes(
    db,
    [...shapes].map(([id, text]) => ({ id, text })),
  )
}

const newShapes = fixedInsert((db, rows: { id: string; text: string }[]) =>
  db
    .insertInto('credential_shape')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing()),
)

/** The columns of a signed credential's text. */
export function keptText({ bytes, shaped }: { bytes: string; shaped: ShapedText | undefined }) {
  return shaped
    ? { data_integrity: `["${shaped.values.join('","')}"]`, shape: shaped.id }
    : { data_integrity: bytes, shape: null }
}

/** The columns of a credential's recipient: empty where the values of its text have it. */
export function keptRecipient(
  recipient: Recipient | null,
  { data_integrity, shape }: Pick<Tables['credential'], 'data_integrity' | 'shape'>,
) {
  const there = shape === null ? null : recipientAmong(data_integrity)
  const same = there?.hash === recipient?.hash && there?.salt === recipient?.salt
  return {
    recipient_hash: same ? null : (recipient?.hash ?? null),
    recipient_salt: same ? null : (recipient?.salt ?? null),
  }
}

/** The recipient of a credential, from its row. */
export function recipientOf(
  row: Pick<Tables['credential'], 'data_integrity' | 'recipient_hash' | 'recipient_salt'> & {
    shape_text: string | null
  },
): Recipient | null {
  const { recipient_hash: hash, recipient_salt: salt } = row
  if (hash !== null && salt !== null) return { hash, salt }
  return row.shape_text === null ? null : recipientAmong(row.data_integrity)
}

/** Quotation marks in a value are escaped, so that no value can look like two. */
function recipientAmong(values: string | null): Recipient | null {
  const [, hash, salt] = values?.match(/"(sha256\$[\da-f]{64})","([\da-f]{32})"/) ?? []
  return hash && salt ? { hash, salt } : null
}
/** The text of a credential's shape, for `textOf`. */
export const shapeText = sql<
  string | null
>`(select text from credential_shape where credential_shape.id = credential.shape)`.as('shape_text')

/** The text of a signed credential, byte for byte. */
export function textOf({
  data_integrity: kept,
  shape_text: shape,
}: {
  data_integrity: string | null
  shape_text: string | null
}): string | null {
  if (kept === null || shape === null) return kept
  const values = kept.slice(2, -2).split('","')
  return shape
    .split('\n')
    .map((piece, at) => piece + (values[at] ?? ''))
    .join('')
}
