import type { ReviewAnswer, ReviewDecision } from '../../../schemas/review.ts'
import type { CandidateKey } from '../../domain/rules/person.ts'
import { Problem } from '../../problem.ts'
import { writeAudit } from '../../storage/audit.ts'
import { changeNameRequest } from '../../storage/results/name-requests.ts'
import { findNamedCandidates } from '../../storage/results/result-messages.ts'
import { decideItem, findItem, type KeptItem } from '../../storage/results/review-items.ts'
import type { Mints } from '../issuing/sign-badges.ts'
import { signBadges } from '../issuing/sign-badges.ts'
import { lockPeople } from '../support/lock-people.ts'
import { presentResult } from '../support/present-result.ts'
import type { Actor, Tools, TxTools } from '../tools/tools.ts'
import { transaction } from '../tools/transaction.ts'
import { judgePerson } from './judge-person.ts'
import { merge } from './merge-candidates.ts'
import { actionsOn, reviewAnswer } from './read-review.ts'
import { reconcilePerson } from './reconcile-person.ts'

type Asked = { id: string; decision: ReviewDecision; actor: Actor }

/**
 * Decides an item of the review queue, and applies the consequences in the same transaction. Repeating the same
 * decision changes nothing and answers the same. Throws `not-found`; `conflict` when the item is decided otherwise or
 * closed, or the action would have no effect; `invalid` when the item does not allow the action.
 */
export async function decideReview(tools: Tools, asked: Asked): Promise<ReviewAnswer> {
  const { item, mints } = await transaction(tools, (tools) => decide(tools, asked))
  await signBadges(tools, mints, asked.actor)
  return reviewAnswer(item)
}

async function decide(tools: TxTools, { id, decision, actor }: Asked) {
  const { db, now } = tools
  const people = await lockPeople(tools, await candidatesOf(tools, await find(tools, id)))
  const item = await find(tools, id)
  if (item.decision === decision.action) return { item, mints: [] }
  refuse(item, decision)
  if (decision.action === 'revoke') await refuseWithoutEffect(tools, people, id)
  const at = now()
  await decideItem(db, id, { decision: decision.action, at, by: actor })
  await recordAnswer(tools, item, decision)
  if (item.kind === 'somebody-else' && item.resultId)
    await presentResult(db, { source: item.source, resultId: item.resultId })
  await writeAudit(db, {
    at,
    actor,
    action: 'review.decided',
    subject: id,
    details: { kind: item.kind, decision: decision.action },
    note: decision.note,
  })
  const mints: Mints = []
  const candidates = await candidatesOf(tools, item)
  if (decision.action === 'merge') mints.push(...(await merge(tools, { candidates, actor })))
  else
    for (const personId of people)
      mints.push(...(await reconcilePerson(tools, { personId, actor })))
  return { item: await find(tools, id), mints }
}

async function find({ db }: Tools, id: string): Promise<KeptItem> {
  const item = await findItem(db, id)
  if (!item)
    throw new Problem('not-found/no-such-review-item', `There is no review item with the id ${id}.`)
  return item
}

/** Records the answer for the candidate; the note beside it stays internal. */
async function recordAnswer(
  { db }: TxTools,
  { source, candidateId, facts }: KeptItem,
  { answer = '' }: ReviewDecision,
) {
  if (answer.trim() === '') return
  const which = { source, id: candidateId, number: facts.number as number }
  await changeNameRequest(db, which, { answer: answer.trim() })
}

function refuse(item: KeptItem, { action, answer, note = '' }: ReviewDecision) {
  if (action === 'release' && note.trim() === '')
    throw new Problem('invalid/body-invalid', 'The body has a mistake.', [
      {
        path: '/note',
        code: 'missing',
        message: 'note is missing; say why the name is right.',
      },
    ])
  if (answer !== undefined && item.kind !== 'name-correction')
    throw new Problem('invalid/body-invalid', 'The body has a mistake.', [
      {
        path: '/answer',
        code: 'answer-not-possible',
        message: 'answer goes with a name-correction only; write a note.',
      },
    ])
  if (actionsOn(item).includes(action)) return
  if (item.state === 'decided')
    throw new Problem(
      'conflict/review-item-decided',
      `This was decided already: ${item.decision}. A decision stands; the badge itself can be revoked under /v1/badges.`,
    )
  if (item.state === 'gone')
    throw new Problem(
      'conflict/review-item-closed',
      'This has settled itself meanwhile; there is nothing to decide.',
    )
  throw new Problem('invalid/body-invalid', 'The body has a mistake.', [
    {
      path: '/action',
      code: 'not-in-list',
      message: `action must be one of ${actionsOn(item).join(', ')}.`,
    },
  ])
}

/**
 * Refuses a revocation without effect: it depends on the broken rule, and the attempt may keep the rule after a failure
 * was dropped or a date corrected.
 */
async function refuseWithoutEffect(tools: Tools, people: Iterable<string>, id: string) {
  for (const personId of people) {
    const { judgement } = await judgePerson(tools, personId)
    const records = [...judgement.retakeRecords.values()]
    if (records.some(({ questions }) => questions.some(({ item }) => item.id === id))) return
  }
  throw new Problem(
    'conflict/nothing-to-revoke',
    'The attempt no longer breaks the retake rule, so there is nothing to revoke here. The badge itself can be revoked under /v1/badges.',
  )
}

async function candidatesOf({ db }: Tools, item: KeptItem): Promise<CandidateKey[]> {
  const { source, candidateId, resultId, kind, facts } = item
  if (kind === 'second-account') return facts.candidates as CandidateKey[]
  const own = { source, id: candidateId }
  if (kind !== 'somebody-else' || !resultId) return [own]
  return [own, ...(await findNamedCandidates(db, { source, resultId }))]
}
