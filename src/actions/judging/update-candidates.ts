import {
  type CandidateKey,
  keyText,
  type Likeness,
  type Person,
  presentPerson,
  secondAccount,
} from '../../domain/rules/person.ts'
import { findAlike } from '../../storage/results/lookalikes.ts'
import { changeCandidate } from '../../storage/results/people.ts'
import { lockSightings } from '../../storage/results/person-locks.ts'
import { closeItem, openItem } from '../../storage/results/review-items.ts'
import type { Tools, TxTools } from '../tools/tools.ts'
import type { Judged } from './judge-person.ts'

/**
 * Updates a person's candidates, and asks an operator about those who look like another person's (programme rules, part
 * 4). This merges nothing and affects no badge; a changed e-mail address is no reason to reissue one.
 */
export async function updateCandidates(
  tools: TxTools,
  personId: string,
  { candidates, results }: Judged,
): Promise<void> {
  for (const before of candidates) {
    const after = presentPerson(before, results)
    if (isSame(before, after)) continue
    await changeCandidate(tools.db, after)
    for (const likeness of ['email', 'mark'] as const)
      if (after[likeness] !== before[likeness])
        await flag(tools, likeness, { personId, before, after })
  }
}

function isSame(one: Person, other: Person) {
  return (['fullName', 'latinName', 'email', 'locale', 'mark'] as const).every(
    (name) => one[name] === other[name],
  )
}

type Change = { personId: string; before: Person; after: Person }

/** The candidate leaves one group of lookalikes and joins another: each group is a new question now. */
async function flag(tools: TxTools, likeness: Likeness, { personId, before, after }: Change) {
  const [old, next] = [before[likeness], after[likeness]]
  await lockSightings(
    tools.db,
    [old, next].filter((value) => value !== null && value !== '') as string[],
  )
  const own = { source: after.source, id: after.id, personId }
  const left = await alike(tools, likeness, old)
  if (left) await replace(tools, likeness, { was: [...left, own], is: left })
  const joined = await alike(tools, likeness, next)
  if (joined)
    await replace(tools, likeness, {
      was: joined.filter((each) => keyText(each) !== keyText(own)),
      is: joined,
    })
}

async function alike({ db }: Tools, likeness: Likeness, value: string | null) {
  if (value === null || value === '') return undefined
  return findAlike(db, likeness, value)
}

type Group = (CandidateKey & { personId: string })[]

async function replace(
  { db, now }: TxTools,
  likeness: Likeness,
  { was, is }: { was: Group; is: Group },
) {
  const [gone, open] = [secondAccount(likeness, was), secondAccount(likeness, is)]
  if (gone) await closeItem(db, gone.id)
  if (open) await openItem(db, open, now())
}

/** Closes the questions that a merge has answered. */
export async function closeMerged(tools: TxTools, candidates: Person[]): Promise<void> {
  for (const candidate of candidates)
    for (const likeness of ['email', 'mark'] as const) {
      const group = await alike(tools, likeness, candidate[likeness])
      const apart = group?.map((each) => ({ ...each, personId: keyText(each) })) ?? []
      const item = secondAccount(likeness, apart)
      if (item && !secondAccount(likeness, group ?? [])) await closeItem(tools.db, item.id)
    }
}
