import { hash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { SentResult } from '../../../schemas/exam-result.ts'
import type { LazyRow, Row } from '../../adapters/message.ts'
import { resultKey } from '../../domain/rules/result.ts'
import { findLastMessages } from '../../storage/results/result-messages.ts'
import { messageFingerprint } from '../support/message-fingerprint.ts'
import type { Tools } from '../tools/tools.ts'

/**
 * The messages of a file about one result, without revisions, in the file's order, and the place of one row among them.
 */
export type RowRevisions = { all: SentResult[]; place: number }

// No file has more messages about one result; the comparison is quadratic.
const maxMessages = 20

/**
 * The revision of a message without one: the last one if the content is equal, else the next. If a file has several
 * messages about a result, they continue where the stored ones end: when the file is sent again, all of it is a replay.
 */
export async function revisionOf(
  { db, keyring }: Pick<Tools, 'db' | 'keyring'>,
  sent: SentResult,
  { all, place }: RowRevisions = { all: [sent], place: 0 },
): Promise<number> {
  const kept = await findLastMessages(db, sent, all.length)
  for (let many = kept.length; many > place; many -= 1) {
    const tail = kept.slice(-many)
    const same = tail.every(({ revision, bodyHash }, at) => {
      const message = all[at]
      return message && messageFingerprint({ keyring }, { ...message, revision }) === bodyHash
    })
    if (same) return tail[place]?.revision ?? 1
  }
  return (kept.at(-1)?.revision ?? 0) + 1
}

/**
 * For each row without a revision, by its number: the file's messages about its result. Rows with a revision have no
 * entry.
 */
export function numberRows(rows: Iterable<Row>): Map<number, RowRevisions> {
  const messages = new Map<string, SentResult[]>()
  const found = new Map<number, RowRevisions>()
  for (const { row, message } of rows) {
    if (!message || message.revision !== undefined) continue
    const all = messages.get(resultKey(message)) ?? []
    messages.set(resultKey(message), all)
    const last = all.at(-1)
    if (!last || canonicalize(last) !== canonicalize(message)) all.push(message)
    found.set(row, { all, place: all.length - 1 })
  }
  for (const [row, { all }] of found) if (all.length > maxMessages) found.delete(row)
  return found
}

/** The same for rows that are read one after another: only those are held whose result has several. */
export async function numberStream(
  read: () => AsyncIterable<LazyRow>,
): Promise<Map<number, RowRevisions>> {
  const seen = new Set<number>()
  const several = new Set<number>()
  for await (const row of read()) {
    const { message } = row()
    if (!message || message.revision !== undefined) continue
    const key = shortKey(message)
    if (seen.has(key)) several.add(key)
    seen.add(key)
  }
  if (several.size === 0) return new Map()
  const rows: Row[] = []
  for await (const row of read()) {
    const each = row()
    if (each.message && several.has(shortKey(each.message))) rows.push(each)
  }
  return numberRows(rows)
}

/** Two results rarely have the same; then both are held. */
function shortKey(message: SentResult): number {
  return hash('sha256', resultKey(message), 'buffer').readUIntBE(0, 6)
}
