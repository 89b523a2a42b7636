import type { KeptMessage } from '../../../schemas/exam-result.ts'
import type { CandidateKey } from '../../domain/rules/person.ts'
import type { RecordedMessage } from '../../domain/rules/wrong-person.ts'
import type { Db, Tx } from '../database.ts'
import { fixedInsert, fixedQuery, inLists } from '../fixed-query.ts'
import { resultsOf } from './people.ts'

/** A message with what is recorded of its arrival. */
export type NewMessage = {
  message: KeptMessage
  bodyHash: string
  receivedAt: string
  receivedFrom: string
}
type Key = { source: string; resultId: string }

/** Stores one message under its id. Answers whether it is new, the `same` as the stored one, or has an `other` body. */
export async function keepMessage(db: Tx, message: NewMessage): Promise<'new' | 'same' | 'other'> {
  const { source, resultId, revision } = message.message
  if ((await newMessages(db, [rowOf(message)])) === 1) return 'new'
  const there = await db
    .selectFrom('result_message')
    .select('body_hash')
    .where('source', '=', source)
    .where('result_id', '=', resultId)
    .where('revision', '=', revision)
    .executeTakeFirstOrThrow()
  return there.body_hash === message.bodyHash ? 'same' : 'other'
}

/** Stores messages about results that are not on record. Answers how many were new. */
export function addMessages(db: Tx, messages: NewMessage[]): Promise<number> {
  return newMessages(db, messages.map(rowOf))
}

type NewRow = ReturnType<typeof rowOf>
const newMessages = fixedInsert((db, rows: NewRow[]) =>
  db
    .insertInto('result_message')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing()),
)

function rowOf({ message, bodyHash, receivedAt, receivedFrom }: NewMessage) {
  return {
    source: message.source,
    result_id: message.resultId,
    revision: message.revision,
    body_hash: bodyHash,
    body: JSON.stringify(message),
    received_at: receivedAt,
    received_from: receivedFrom,
    trusted: 0,
  }
}

/** The messages about these results of a source, by the hashes of their bodies. */
export async function findKnownMessages(
  db: Db,
  { source, resultIds }: { source: string; resultIds: string[] },
): Promise<{ resultId: string; revision: number; bodyHash: string }[]> {
  const rows = await inLists(db, resultIds, (some) => knownAmong(db, { source, some }))
  return rows.map((row) => ({
    resultId: row.result_id,
    revision: row.revision,
    bodyHash: row.body_hash,
  }))
}

const knownAmong = fixedQuery((db, { source, some }: { source: string; some: string[] }) =>
  db
    .selectFrom('result_message')
    .select(['result_id', 'revision', 'body_hash'])
    .where('source', '=', source)
    .where('result_id', 'in', some),
)

/** The highest revisions of a result, at most `many`, in ascending order, with the hashes of their bodies. */
export async function findLastMessages(
  db: Db,
  { source, resultId }: Key,
  many: number,
): Promise<{ revision: number; bodyHash: string }[]> {
  const rows = await db
    .selectFrom('result_message')
    .select(['revision', 'body_hash'])
    .where('source', '=', source)
    .where('result_id', '=', resultId)
    .orderBy('revision', 'desc')
    .limit(many)
    .execute()
  return rows.map((row) => ({ revision: row.revision, bodyHash: row.body_hash })).reverse()
}

/** One message, as stored. */
export async function findMessage(
  db: Db,
  { source, resultId, revision }: Key & { revision: number },
): Promise<{ message: KeptMessage; bodyHash: string } | undefined> {
  const row = await db
    .selectFrom('result_message')
    .select(['body', 'body_hash'])
    .where('source', '=', source)
    .where('result_id', '=', resultId)
    .where('revision', '=', revision)
    .executeTakeFirst()
  return row && { message: JSON.parse(row.body) as KeptMessage, bodyHash: row.body_hash }
}

/** Every message about a result. */
export async function findMessages(db: Db, { source, resultId }: Key): Promise<RecordedMessage[]> {
  return (await messagesOf(db, { source, resultId })).map(toRecorded)
}

const messagesOf = fixedQuery((db, { source, resultId }: Key) =>
  db
    .selectFrom('result_message')
    .select(['body', 'trusted'])
    .where('source', '=', source)
    .where('result_id', '=', resultId),
)

/** The candidates that messages about a result name. Whose result it is depends on which messages count. */
export async function findNamedCandidates(
  db: Db,
  { source, resultId }: Key,
): Promise<CandidateKey[]> {
  const messages = await findMessages(db, { source, resultId })
  return [...new Set(messages.map(({ message }) => message.candidate.id))].map((id) => ({
    source,
    id,
  }))
}

function toRecorded({ body, trusted }: { body: string; trusted: number }): RecordedMessage {
  return { message: JSON.parse(body) as KeptMessage, trusted: trusted === 1 }
}

/** Every message about a person's results, as stored, oldest first. */
export async function findMessagesOf(db: Db, personId: string) {
  const rows = await resultsOf(db, personId)
    .crossJoin('result_message')
    .whereRef('result_message.source', '=', 'result.source')
    .whereRef('result_message.result_id', '=', 'result.result_id')
    .select([
      'result_message.body',
      'result_message.trusted',
      'result_message.received_at',
      'result_message.received_from',
    ])
    .orderBy('result_message.received_at')
    .execute()
  return rows.map((row) => ({
    receivedAt: row.received_at,
    receivedFrom: row.received_from,
    ...toRecorded(row),
  }))
}
