import type { NameRequest } from '../../domain/holders/name-request.ts'
import type { CandidateKey } from '../../domain/rules/person.ts'
import type { Db, Tx } from '../database.ts'
import type { Tables } from '../tables.ts'

const columns = [
  'name_request.source',
  'name_request.candidate_id',
  'name_request.number',
  'name_request.was_full_name',
  'name_request.was_latin_name',
  'name_request.full_name',
  'name_request.latin_name',
  'name_request.reason',
  'name_request.asked_at',
  'name_request.taken_back_at',
  'name_request.answer',
] as const

function toRequest(row: Tables['name_request']): NameRequest {
  return {
    source: row.source,
    id: row.candidate_id,
    number: row.number,
    was: { fullName: row.was_full_name, latinName: row.was_latin_name },
    wanted: { fullName: row.full_name, latinName: row.latin_name },
    reason: row.reason,
    askedAt: row.asked_at,
    takenBackAt: row.taken_back_at,
    answer: row.answer,
  }
}

/** Stores a candidate's request. */
export async function keepNameRequest(db: Tx, request: NameRequest): Promise<void> {
  const { source, id, number, was, wanted, reason, askedAt, takenBackAt, answer } = request
  await db
    .insertInto('name_request')
    .values({
      source,
      candidate_id: id,
      number,
      was_full_name: was.fullName,
      was_latin_name: was.latinName,
      full_name: wanted.fullName,
      latin_name: wanted.latinName,
      reason,
      asked_at: askedAt,
      taken_back_at: takenBackAt,
      answer,
    })
    .execute()
}

/** The requests of one candidate, oldest first. */
export async function findNameRequests(
  db: Db,
  { source, id }: CandidateKey,
): Promise<NameRequest[]> {
  const rows = await db
    .selectFrom('name_request')
    .select(columns)
    .where('source', '=', source)
    .where('candidate_id', '=', id)
    .orderBy('number')
    .execute()
  return rows.map(toRequest)
}

/** The requests of all candidates of a person. */
export async function findNameRequestsOf(db: Db, personId: string): Promise<NameRequest[]> {
  const rows = await db
    .selectFrom('candidate')
    .innerJoin('name_request', (join) =>
      join
        .onRef('name_request.source', '=', 'candidate.source')
        .onRef('name_request.candidate_id', '=', 'candidate.candidate_id'),
    )
    .select(columns)
    .where('candidate.person_id', '=', personId)
    .orderBy('name_request.source')
    .orderBy('name_request.candidate_id')
    .orderBy('name_request.number')
    .execute()
  return rows.map(toRequest)
}

type Which = Pick<NameRequest, 'source' | 'id' | 'number'>

/** Records that a candidate withdrew a request, or an operator's answer to it. */
export async function changeNameRequest(
  db: Tx,
  { source, id, number }: Which,
  { takenBackAt, answer }: Partial<Pick<NameRequest, 'takenBackAt' | 'answer'>>,
): Promise<void> {
  await db
    .updateTable('name_request')
    .set({
      ...(takenBackAt !== undefined && { taken_back_at: takenBackAt }),
      ...(answer !== undefined && { answer }),
    })
    .where('source', '=', source)
    .where('candidate_id', '=', id)
    .where('number', '=', number)
    .execute()
}

/** Deletes all requests of a candidate. */
export async function eraseNameRequests(db: Tx, { source, id }: CandidateKey): Promise<void> {
  await db
    .deleteFrom('name_request')
    .where('source', '=', source)
    .where('candidate_id', '=', id)
    .execute()
}
