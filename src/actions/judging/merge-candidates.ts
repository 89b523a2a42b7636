import type { Merge, MergeAnswer } from '../../../schemas/review.ts'
import type { CandidateKey } from '../../domain/rules/person.ts'
import { Problem } from '../../problem.ts'
import { writeAudit } from '../../storage/audit.ts'
import { keptSpelling } from '../../storage/results/candidate-spelling.ts'
import { findCandidates, findPerson, mergePeople } from '../../storage/results/people.ts'
import type { Mints } from '../issuing/sign-badges.ts'
import { signBadges } from '../issuing/sign-badges.ts'
import { lockPeople } from '../support/lock-people.ts'
import type { Actor, Tools, TxTools } from '../tools/tools.ts'
import { transaction } from '../tools/transaction.ts'
import { reconcilePerson } from './reconcile-person.ts'
import { closeMerged } from './update-candidates.ts'

type Asked = { merge: Merge; actor: Actor }

/**
 * Makes two candidates one person, whose badges and attempts are judged together from then on. An operator is asked
 * where both have a badge for one achievement. Merging again changes nothing. Throws `not-found` for an unknown
 * candidate.
 */
export async function mergeCandidates(
  tools: Tools,
  { merge: asked, actor }: Asked,
): Promise<MergeAnswer> {
  const into = await keptSpelling(tools.db, asked.into)
  const from = await keptSpelling(tools.db, asked.from)
  const { note } = asked
  const mints = await transaction(tools, async (tools) => {
    for (const key of [into, from])
      if ((await findPerson(tools.db, key)) === undefined)
        throw new Problem(
          'not-found/no-such-candidate',
          `There is no candidate ${key.id} of ${key.source}.`,
        )
    return merge(tools, { candidates: [into, from], actor, note })
  })
  await signBadges(tools, mints, actor)
  const personId = (await findPerson(tools.db, into)) ?? ''
  const candidates = await findCandidates(tools.db, personId)
  return { candidates: candidates.map(({ source, id }) => ({ source, id })) }
}

type Group = { candidates: CandidateKey[]; actor: Actor; note?: string | undefined }

/**
 * Makes candidates one person, in the transaction that `tools.db` is. Answers the results whose badge is still to be
 * signed.
 */
export async function merge(tools: TxTools, { candidates, actor, note }: Group): Promise<Mints> {
  const { db, now } = tools
  // All candidates of all these people are locked first, so that no other transaction that holds one of them waits for
  // this one.
  const all: CandidateKey[] = []
  for (const key of candidates) all.push(...(await samePerson(db, key)))
  await lockPeople(tools, all)
  const [into, ...others] = new Set(await Array.fromAsync(candidates, (key) => findPerson(db, key)))
  if (!into || others.length === 0) return []
  for (const from of others) {
    if (!from) continue
    await mergePeople(db, into, from)
    await writeAudit(db, {
      at: now(),
      actor,
      action: 'person.merged',
      subject: into,
      details: { from },
      note,
    })
  }
  await closeMerged(tools, await findCandidates(db, into))
  return reconcilePerson(tools, { personId: into, actor })
}

async function samePerson(db: Tools['db'], key: CandidateKey): Promise<CandidateKey[]> {
  const personId = await findPerson(db, key)
  return personId === undefined ? [] : findCandidates(db, personId)
}
