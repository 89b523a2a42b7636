import { sql } from 'kysely'
import {
  type CandidateKey,
  enoughLookalikes,
  type Likeness,
  type Person,
} from '../../domain/rules/person.ts'
import type { Db, Tx } from '../database.ts'
import { fixedQuery, fixedWrite } from '../fixed-query.ts'

/** The person of a candidate. */
export async function findPerson(db: Db, key: CandidateKey): Promise<string | undefined> {
  const row = await db
    .selectFrom('candidate')
    .select('person_id')
    .where('source', '=', key.source)
    .where('candidate_id', '=', key.id)
    .executeTakeFirst()
  return row?.person_id
}

const columns = [
  'source',
  'candidate_id',
  'full_name',
  'latin_name',
  'email',
  'locale',
  'mark',
] as const

/** Every candidate of a person. */
export async function findCandidates(db: Db, personId: string): Promise<Person[]> {
  return (await candidatesOf(db, { personId })).map(toPerson)
}

const candidatesOf = fixedQuery((db, { personId }: { personId: string }) =>
  db
    .selectFrom('candidate')
    .select(columns)
    .where('person_id', '=', personId)
    .orderBy('source')
    .orderBy('candidate_id'),
)

type Row = {
  source: string
  candidate_id: string
  full_name: string
  latin_name: string | null
  email: string
  locale: string | null
  mark: string | null
}

function toPerson(row: Row): Person {
  return {
    source: row.source,
    id: row.candidate_id,
    fullName: row.full_name,
    latinName: row.latin_name,
    email: row.email,
    locale: row.locale,
    mark: row.mark,
  }
}

/** Writes a candidate's data, as the exam system has them now. */
export async function changeCandidate(db: Tx, person: Person): Promise<void> {
  await candidateChanged(db, person)
}

const candidateChanged = fixedWrite((db, person: Person) =>
  db
    .updateTable('candidate')
    .set({
      full_name: person.fullName,
      latin_name: person.latinName,
      email: person.email,
      locale: person.locale,
      mark: person.mark,
    })
    .where('source', '=', person.source)
    .where('candidate_id', '=', person.id),
)

/** Candidates with the same address or pseudonym, as many as a question about them needs. */
export async function findAlike(
  db: Db,
  likeness: Likeness,
  value: string,
): Promise<(CandidateKey & { personId: string })[]> {
  const rows = await alikeBy[likeness](db, { value })
  return rows.map((row) => ({
    source: row.source,
    id: row.candidate_id,
    personId: row.person_id,
  }))
}

const alike = (likeness: Likeness) =>
  fixedQuery((db, { value }: { value: string }) =>
    db
      .selectFrom('candidate')
      .select(['source', 'candidate_id', 'person_id'])
      .where(likeness, '=', value)
      .orderBy('source')
      .orderBy('candidate_id')
      // A limit that is a value makes SQLite plan the query each time.
      .limit(sql.lit(enoughLookalikes)),
  )
const alikeBy = { email: alike('email'), mark: alike('mark') }

/** Merges two people: the candidates of `from` become those of `into`. The caller holds both locks. */
export async function mergePeople(db: Tx, into: string, from: string): Promise<void> {
  await db.updateTable('candidate').set({ person_id: into }).where('person_id', '=', from).execute()
}

/** Candidates with one of these addresses, in their normal form. */
export async function findCandidatesByEmail(db: Db, emails: string[]): Promise<CandidateKey[]> {
  if (emails.length === 0) return []
  const rows = await db
    .selectFrom('candidate')
    .select(['source', 'candidate_id'])
    .where('email', 'in', emails)
    .execute()
  return rows.map((row) => ({ source: row.source, id: row.candidate_id }))
}

/**
 * A query for a person's results, under any of their candidate ids, to join other tables with. Cross joins fix the order
 * in which SQLite reads: without statistics it would rather read all badges of an exam system.
 */
export function resultsOf(db: Db, personId: string) {
  return db
    .selectFrom('candidate')
    .crossJoin('result')
    .whereRef('result.source', '=', 'candidate.source')
    .whereRef('result.candidate_id', '=', 'candidate.candidate_id')
    .where('candidate.person_id', '=', personId)
}
