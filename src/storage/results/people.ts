import type { CandidateKey, Person } from '../../domain/rules/person.ts'
import type { Db, Tx } from '../database.ts'
import { fixedInsert, fixedQuery, fixedWrite, inLists } from '../fixed-query.ts'

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

/** Adds people with one candidate each, none of whom is on record. */
export async function addPeople(
  db: Tx,
  people: { personId: string; candidate: Person }[],
): Promise<void> {
  await newPeople(
    db,
    people.map(({ personId }) => ({ id: personId })),
  )
  await newCandidates(
    db,
    people.map(({ personId, candidate }) => ({
      source: candidate.source,
      candidate_id: candidate.id,
      person_id: personId,
      full_name: candidate.fullName,
      latin_name: candidate.latinName,
      email: candidate.email,
      locale: candidate.locale,
      mark: candidate.mark,
    })),
  )
}

const newPeople = fixedInsert((db, rows: { id: string }[]) => db.insertInto('person').values(rows))
const newCandidates = fixedInsert((db, rows: (Row & { person_id: string })[]) =>
  db.insertInto('candidate').values(rows),
)

/** Those of these candidates of a source who are on record. */
export async function findKnownCandidates(
  db: Db,
  { source, ids }: { source: string; ids: string[] },
): Promise<string[]> {
  const rows = await inLists(db, ids, (some) => knownAmong(db, { source, some }))
  return rows.map((row) => row.candidate_id)
}

const knownAmong = fixedQuery((db, { source, some }: { source: string; some: string[] }) =>
  db
    .selectFrom('candidate')
    .select('candidate_id')
    .where('source', '=', source)
    .where('candidate_id', 'in', some),
)

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
