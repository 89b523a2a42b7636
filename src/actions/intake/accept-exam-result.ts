import type { IntakeAnswer } from '../../../schemas/badge.ts'
import type { ExamResult, SentResult } from '../../../schemas/exam-result.ts'
import type { Badge } from '../../domain/badge/badge.ts'
import { type SentIds, spellingsOf } from '../../domain/people/normal-ids.ts'
import { resultKey } from '../../domain/rules/result.ts'
import { Problem } from '../../problem.ts'
import { findErasedPseudonym } from '../../storage/erasure/erased.ts'
import {
  findMessage,
  findNamedCandidates,
  keepMessage,
} from '../../storage/results/result-messages.ts'
import { findResult } from '../../storage/results/results.ts'
import type { Issued } from '../issuing/issue-badge.ts'
import { type Mints, signAtOnce } from '../issuing/sign-badges.ts'
import { reconcilePerson } from '../judging/reconcile-person.ts'
import { lockPeople } from '../support/lock-people.ts'
import { logFailure } from '../support/log-failure.ts'
import { keptMessage, messageFingerprint } from '../support/message-fingerprint.ts'
import { presentResult } from '../support/present-result.ts'
import type { Actor, Tools, TxTools } from '../tools/tools.ts'
import { transaction } from '../tools/transaction.ts'
import {
  type AcceptedErased,
  acceptErased,
  erasedPseudonyms,
  followAttempts,
} from './accept-erased.ts'
import { intakeAnswer, outcomeOf, readRecorded } from './intake-answer.ts'
import { type RowRevisions, revisionOf } from './number-revisions.ts'

export type Accepted = IntakeAnswer & {
  /** `minted` by this message, `replayed`, `pending` (held, waiting, parked), or `recorded`. */
  how: 'minted' | 'replayed' | 'pending' | 'recorded'
}

/** A message as it arrived. */
export type Arrival = {
  message: SentResult
  /** Its ids as sent, where one was not normal. */
  sentIds?: SentIds | undefined
  actor: Actor
  /** The other rows about its result, in a file without revisions. */
  rowRevisions?: RowRevisions | undefined
}

/** What a message is about. Of messages that share one of these, each is accepted after the one before it. */
export function subjectsOf(message: SentResult): string[] {
  return [`result ${resultKey(message)}`, `candidate ${message.source} ${message.candidate.id}`]
}

/**
 * Accepts one message of the exam system: stores it once under its id, judges its candidate, and issues an earned badge
 * in the same transaction. A message without a revision is a replay if its content equals the last one's, else the next
 * revision. Answers after the commit. Throws `conflict` when the id was used with another body.
 */
export async function acceptExamResult(tools: Tools, sent: Arrival): Promise<Accepted> {
  const arrival = { ...sent, pseudonyms: erasedPseudonyms(tools, sent) }
  const toErased = () => acceptErased(tools, arrival)
  const erased = await toErased()
  if (erased) return answerErased(tools, erased)
  const accepted = await keepAndSettle(tools, arrival).catch(async (error: unknown) => {
    const meanwhile = await toErased()
    if (meanwhile) return answerErased(tools, meanwhile)
    throw error
  })
  if ('how' in accepted) return accepted
  const { kept, message, mints, issued } = accepted
  if (kept === 'other') throw usedBefore(message)
  issued.forEach(() => {
    tools.metrics.minted()
  })
  const isOwn = ({ badge }: { badge: Badge }) => resultKey(badge) === resultKey(message)
  const answer = intakeAnswer(
    tools,
    message,
    issued.find(isOwn) ?? (await readRecorded(tools, message)),
  )
  const how = outcomeOf(kept, mints.find(isOwn)?.isNew === true, answer)
  tools.metrics.accepted(answer.result.state, how)
  return { ...answer, how }
}

function usedBefore({ resultId, revision }: ExamResult) {
  return new Problem(
    'conflict/revision-taken',
    `Result ${resultId} revision ${revision} was already received with another body. Send a correction as revision ${revision + 1} or higher.`,
  )
}

/**
 * The holder has erased their data: the message is acknowledged, and issues nothing (privacy, decisions on record).
 */
function answerErased({ metrics }: Tools, { kept, message }: AcceptedErased): Accepted {
  if (kept === 'other') throw usedBefore(message)
  const { source, resultId, revision } = message
  const state = kept === 'outdated' ? 'outdated' : 'recorded'
  const how = kept === 'same' ? 'replayed' : 'recorded'
  metrics.accepted(state, how)
  const reason = 'Its holder has erased their data, so nothing is issued for it.'
  return {
    result: { source, resultId, revision, state, ...(state === 'recorded' && { reason }) },
    how,
  }
}

/** Whether a message would be refused because its id was used with another body. */
export async function isTaken(
  tools: Pick<Tools, 'db' | 'keyring'>,
  message: ExamResult,
): Promise<boolean> {
  const kept = await findMessage(tools.db, message)
  return kept !== undefined && kept.bodyHash !== messageFingerprint(tools, message)
}

type Known = Arrival & { pseudonyms: string[] }

type Kept = {
  kept: 'new' | 'same' | 'other'
  message: ExamResult
  mints: Mints
  issued: Issued[]
}

/**
 * If judging fails, for example because a corrected badge cannot be signed, the message is stored all the same, and its
 * result waits.
 */
async function keepAndSettle(tools: Tools, arrival: Known): Promise<Kept> {
  for (let tries = 1; tries <= 2; tries += 1)
    try {
      return await keep(tools, arrival, true)
    } catch (error) {
      const { source } = arrival.message
      logFailure(tools.log, error, { source, tries }, 'a result could not be judged')
    }
  return keep(tools, arrival, false)
}

async function keep(tools: Tools, arrival: Known, judged: boolean): Promise<Kept> {
  const { actor } = arrival
  return transaction(tools, async (tools) => {
    const { kept, message } = await keepNumbered(tools, arrival)
    if (kept === 'other') return { kept, message, mints: [], issued: [] }
    if (kept === 'same') {
      const mints = await leftUnsigned(tools, message)
      return { kept, message, mints, issued: await signAtOnce(tools, mints, actor) }
    }
    const candidates = await findNamedCandidates(tools.db, message)
    const people = await lockPeople(tools, candidates)
    const spellings = spellingsOf(message, arrival.sentIds)
    await refuseErased(tools, arrival)
    await followAttempts(tools, spellings)
    const { before, now } = await presentResult(tools.db, message)
    const held = new Set(candidates.map(({ id }) => id))
    if (!held.has(now) || (before !== undefined && !held.has(before)))
      throw new Error('another message has moved the result to another candidate meanwhile')
    const mints: Mints = []
    for (const personId of judged ? people : [])
      mints.push(...(await reconcilePerson(tools, { personId, actor })))
    return { kept, message, mints, issued: await signAtOnce(tools, mints, actor) }
  })
}

/**
 * A candidate who was erased while this message waited for the lock stays erased: the caller accepts the message again,
 * against the remains.
 */
async function refuseErased({ db }: TxTools, { pseudonyms }: Known) {
  if ((await findErasedPseudonym(db, pseudonyms)) !== undefined)
    throw new Error('the holder of this result has erased their data meanwhile')
}

/** If two messages try to take the same revision, the row decides which one gets it; the other tries again. */
async function keepNumbered(tools: TxTools, { message: sent, actor, rowRevisions }: Arrival) {
  for (;;) {
    const revision = sent.revision ?? (await revisionOf(tools, sent, rowRevisions))
    const message = { ...sent, revision }
    const kept = await keepMessage(tools.db, {
      message: keptMessage(tools, message),
      bodyHash: messageFingerprint(tools, message),
      receivedAt: tools.now(),
      receivedFrom: actor,
    })
    if (kept !== 'other' || sent.revision !== undefined) return { kept, message }
  }
}

/** A replay also signs what could not be signed before. */
async function leftUnsigned(tools: TxTools, message: ExamResult): Promise<Mints> {
  const result = await findResult(tools.db, message.source, message.resultId)
  if (result?.state !== 'waiting') return []
  const people = await lockPeople(tools, [
    { source: message.source, id: result.message.candidate.id },
  ])
  const mints: Mints = []
  for (const personId of people)
    mints.push(...(await reconcilePerson(tools, { personId, actor: 'blazon' })))
  return mints
}
