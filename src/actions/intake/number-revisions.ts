import canonicalize from 'canonicalize'
import type { SentResult } from '../../../schemas/exam-result.ts'
import type { Row } from '../../adapters/message.ts'
import { resultKey } from '../../domain/rules/result.ts'
import { findLastMessages } from '../../storage/results/result-messages.ts'
import { messageFingerprint } from '../support/message-fingerprint.ts'
import type { Tools } from '../tools/tools.ts'

/** All that a file tells of a result without counting revisions, in its order, and which of them a row is. */
export type RowRevisions = { all: SentResult[]; place: number }

// Nobody tells more of one result in one file; comparing them costs the square.
const most = 20

/**
 * The revision of a message that bears none, by change: the last one when it says the same, else the next. A file that tells a
 * result more than once goes on where what is kept leaves off in it: sent again, all of it was here before.
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
      const told = all[at]
      return told && messageFingerprint({ keyring }, { ...told, revision }) === bodyHash
    })
    if (same) return tail[place]?.revision ?? 1
  }
  return (kept.at(-1)?.revision ?? 0) + 1
}

/** What each row of a file tells beside others of its result; nothing, for those that bear a revision. */
export function numberRows(rows: Row[]): Map<Row, RowRevisions> {
  const told = new Map<string, SentResult[]>()
  const found = new Map<Row, RowRevisions>()
  for (const row of rows) {
    const { message } = row
    if (!message || message.revision !== undefined) continue
    const all = told.get(resultKey(message)) ?? []
    told.set(resultKey(message), all)
    const last = all.at(-1)
    if (!last || canonicalize(last) !== canonicalize(message)) all.push(message)
    found.set(row, { all, place: all.length - 1 })
  }
  for (const [row, { all }] of found) if (all.length > most) found.delete(row)
  return found
}
