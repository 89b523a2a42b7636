import { sql } from 'kysely'
import type { ShapedText } from '../domain/badge/badge.ts'
import type { Tx } from './database.ts'
import { fixedInsert } from './fixed-query.ts'

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
