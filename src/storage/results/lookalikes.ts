import { sql } from 'kysely'
import { type CandidateKey, enoughLookalikes, type Likeness } from '../../domain/rules/person.ts'
import type { Db } from '../database.ts'
import { fixedQuery, inLists } from '../fixed-query.ts'

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

/** Those of these addresses, or pseudonyms, that candidates on record have; `several` is how many candidates must. */
export async function findShared(
  db: Db,
  likeness: Likeness,
  { values, several = 1 }: { values: string[]; several?: number },
): Promise<string[]> {
  const rows = await inLists(db, values, (some) => sharedBy[likeness](db, { some }))
  return rows.flatMap(({ value, many }) => (value !== null && Number(many) >= several ? value : []))
}

const shared = (likeness: Likeness) =>
  fixedQuery((db, { some }: { some: string[] }) =>
    db
      .selectFrom('candidate')
      .select((row) => [row.ref(likeness).as('value'), row.fn.countAll().as('many')])
      .where(likeness, 'in', some)
      .groupBy(likeness),
  )
const sharedBy = { email: shared('email'), mark: shared('mark') }
