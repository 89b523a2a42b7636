import type { Copies, Pseudonymise } from '../../domain/holders/erasure.ts'
import type { CandidateKey } from '../../domain/rules/person.ts'
import type { Db } from '../../storage/database.ts'
import { findNamings } from '../../storage/erasure/namings.ts'
import { findPerson } from '../../storage/results/people.ts'
import type { Mints } from '../issuing/sign-badges.ts'
import { lockPeople } from '../support/lock-people.ts'
import type { Actor, TxTools } from '../tools/tools.ts'
import { eraseNamings } from './erase-naming.ts'
import { erasePerson } from './erase-person.ts'

type Asked = {
  candidates: CandidateKey[]
  emails: string[]
  pseudonymise: Pseudonymise
  copies: Copies
  actor: Actor
}

/**
 * Erases the people of these candidates, and messages about others' results that name them or their addresses, in the
 * transaction that `tools.db` is. Answers whether there was any such message, and what to sign after the commit.
 */
export async function eraseCandidates(
  tools: TxTools,
  { candidates, emails, pseudonymise, copies, actor }: Asked,
): Promise<{ found: boolean; mints: Mints }> {
  const { db } = tools
  const found = await findNamings(db, { candidates, emails })
  const ownerOf = ({ source, owner: id }: { source: string; owner: string }) => ({ source, id })
  const known = await Array.fromAsync(candidates, async (key) =>
    (await findPerson(db, key)) === undefined ? [] : [key],
  )
  // All are locked at once, so that no other transaction that holds one of them waits for this one.
  await lockPeople(tools, [...known.flat(), ...found.map(ownerOf)])
  const people = await personIds(db, known.flat())
  const namings = []
  for (const naming of found) {
    const owner = await findPerson(db, ownerOf(naming))
    // A message about a result of an erased person is erased with that person.
    if (owner === undefined || !people.has(owner)) namings.push(naming)
  }
  for (const personId of people) await erasePerson(tools, { personId, pseudonymise, copies })
  const owners = [...(await personIds(db, namings.map(ownerOf)))]
  const mints = await eraseNamings(tools, { namings, owners, pseudonymise, actor })
  return { found: namings.length > 0, mints }
}

async function personIds(db: Db, keys: CandidateKey[]): Promise<Set<string>> {
  const ids = await Array.fromAsync(keys, (key) => findPerson(db, key))
  return new Set(ids.filter((id) => id !== undefined))
}
