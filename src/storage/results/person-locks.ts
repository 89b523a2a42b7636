import type { CandidateKey } from '../../domain/rules/person.ts'
import type { Tx } from '../database.ts'
import { fixedInsert, fixedQuery, fixedWrite } from '../fixed-query.ts'
import { isSqlite } from '../sqlite.ts'

/**
 * Locks candidates and their people until the transaction ends. Candidates that are new get a person with `newId`. A
 * caller that changes data of a person calls this before it reads that data. Answers the people's ids.
 */
export async function lockPeople(
  db: Tx,
  keys: CandidateKey[],
  newId: () => string,
): Promise<string[]> {
  const inOrder = [...new Map(keys.map((key) => [`${key.source} ${key.id}`, key])).entries()]
    .toSorted(([one], [other]) => Number(one > other) - Number(one < other))
    .map(([, key]) => key)
  const people = new Set<string>()
  const added = new Set<string>()
  for (const key of inOrder) {
    const known = await lockCandidate(db, key)
    if (known !== undefined) people.add(known)
    else {
      const id = newId()
      const person = await addCandidate(db, key, id)
      people.add(person)
      if (person === id) added.add(person)
    }
  }
  const sorted = [...people].toSorted()
  // Nobody else can see a person that this transaction has just added.
  for (const id of sorted) if (!added.has(id)) await lockPerson(db, { id })
  return sorted
}

const lockPerson = fixedWrite((db, { id }: { id: string }) =>
  db.updateTable('person').set({ id }).where('id', '=', id),
)

async function lockCandidate(db: Tx, { source, id }: CandidateKey): Promise<string | undefined> {
  const [row] = await lockedPerson(db, { source, id })
  return row?.person_id
}

const lockedPerson = fixedQuery((db, { source, id }: { source: string; id: string }) =>
  db
    .updateTable('candidate')
    .set({ source })
    .where('source', '=', source)
    .where('candidate_id', '=', id)
    .returning('person_id'),
)

async function addCandidate(db: Tx, key: CandidateKey, personId: string): Promise<string> {
  await newPerson(db, { personId })
  const added = await newCandidate(db, { source: key.source, id: key.id, personId })
  if (added === 1) return personId
  // If another process was first, its person counts.
  return (await lockCandidate(db, key)) ?? personId
}

const newPerson = fixedWrite((db, { personId }: { personId: string }) =>
  db.insertInto('person').values({ id: personId }),
)
const newCandidate = fixedWrite(
  (db, { source, id, personId }: { source: string; id: string; personId: string }) =>
    db
      .insertInto('candidate')
      .values({ source, candidate_id: id, person_id: personId, full_name: '', email: '' })
      .onConflict((conflict) => conflict.doNothing()),
)

/**
 * Locks values that two candidates may share, so that of two transactions at once the later one sees the other's
 * candidate. SQLite has no two at once.
 */
export async function lockSightings(db: Tx, values: string[]): Promise<void> {
  if (isSqlite(db)) return
  const marks = [...new Set(values)].toSorted()
  await lockMarks(
    db,
    marks.map((mark) => ({ mark })),
  )
}

const lockMarks = fixedInsert((db, rows: { mark: string }[]) =>
  db
    .insertInto('sighting')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('mark').doUpdateSet((row) => ({ mark: row.ref('excluded.mark') })),
    ),
)
