import type { IssuedBadge } from '../../domain/badge/badge.ts'
import type { ValidPass } from '../../domain/rules/renewals.ts'
import { resultKey, type Settled } from '../../domain/rules/result.ts'
import { internalId } from '../../domain/work/random-ids.ts'
import { takeCertificationNumbers } from '../../storage/badges/badge-changes.ts'
import { addPeople } from '../../storage/results/people.ts'
import { addMessages } from '../../storage/results/result-messages.ts'
import { addResults } from '../../storage/results/results.ts'
import { keepNewBadges } from '../issuing/issue-badge.ts'
import { drawNumber, newPlaces, type Place, reserve } from '../issuing/reserve-badge.ts'
import { signCredential } from '../issuing/sign-credential.ts'
import { judgeRecords } from '../judging/judge-person.ts'
import { takeBreaths } from '../support/yield-to-event-loop.ts'
import type { Actor, Tools, TxTools } from '../tools/tools.ts'
import { transaction } from '../tools/transaction.ts'
import type { Accepted, Arrival } from './accept-exam-result.ts'
import {
  leaveErased,
  leaveKnown,
  mayBeNewcomers,
  type Newcomer,
  newcomerOf,
  refuseLookalikes,
} from './find-newcomers.ts'
import { intakeAnswer, outcomeOf } from './intake-answer.ts'

/** A newcomer and their judgement; `link` is their pass, if it earns a badge. */
type JudgedNewcomer = Newcomer & { settled: Settled; link: ValidPass | undefined }

/**
 * Accepts, in one transaction, those of some messages whose results and candidates are not on record, as in most of a
 * backlog: their judgement depends on nothing that is on record, so that all are read, signed and written together. What
 * is stored is the same as if each came alone. Leaves all others, and those about which an operator must be asked, to
 * `acceptExamResult`. Answers what it accepted, after the commit. Throws, and stores nothing, if any of it fails.
 */
export async function acceptNewcomers(
  tools: Tools,
  arrivals: Arrival[],
): Promise<Map<Arrival, Accepted>> {
  const breathe = takeBreaths()
  const alone: Newcomer[] = []
  for (const arrival of mayBeNewcomers(arrivals)) {
    alone.push(newcomerOf(tools, arrival))
    await breathe()
  }
  if (alone.length === 0) return new Map()
  const [{ actor } = { actor: '' }] = arrivals
  const accepted = await transaction(tools, async (tools) => {
    const unknown = await leaveKnown(tools, alone)
    const judged: JudgedNewcomer[] = []
    for (const newcomer of unknown) {
      judged.push(...judgeNewcomer(tools, newcomer))
      await breathe()
    }
    return judged.length === 0 ? [] : keep(tools, judged, actor)
  })
  return new Map(
    accepted.map(({ newcomer, badge }) => [newcomer.arrival, answer(tools, newcomer, badge)]),
  )
}

/** Empty when an operator must be asked. */
function judgeNewcomer(tools: TxTools, newcomer: Newcomer): JudgedNewcomer[] {
  const { judgement } = judgeRecords(tools, {
    badges: [],
    pinned: new Map(),
    items: [],
    candidates: [newcomer.candidate],
    results: [newcomer.result],
    nameRequests: [],
    erased: new Map(),
  })
  const verdict = judgement.verdicts.get(resultKey(newcomer.result))
  if (!verdict || judgement.items.length > 0) return []
  const [link] = [...judgement.renewals.values()].flatMap(({ valid }) => valid)
  return [{ ...newcomer, settled: verdict.settled, link }]
}

type Kept = { newcomer: JudgedNewcomer; badge?: IssuedBadge | undefined }

async function keep(tools: TxTools, judged: JudgedNewcomer[], actor: Actor): Promise<Kept[]> {
  const { db } = tools
  // In the order in which a message alone takes its locks.
  const messages = judged.map(({ kept }) => kept)
  if ((await addMessages(db, messages)) < judged.length)
    throw new Error('another process has stored a message meanwhile')
  const people = judged.map(({ candidate }) => ({
    personId: internalId(tools.random, tools.now()),
    candidate,
  }))
  await addPeople(db, people)
  // Someone whom another process added and erased before this point is no newcomer.
  if ((await leaveErased(tools, judged)).length < judged.length)
    throw new Error('the holder of a result has erased their data meanwhile')
  const results = judged.map(({ kept, result, settled }) => ({
    ...result,
    fact: result,
    kept: kept.message,
    settled,
  }))
  if ((await addResults(db, results)) < judged.length)
    throw new Error('another process has stored another message about a result meanwhile')
  await refuseLookalikes(tools, judged)
  const badges = await mintAll(tools, judged, actor)
  return judged.map((newcomer) => ({ newcomer, badge: badges.get(newcomer) }))
}

async function mintAll(tools: TxTools, judged: JudgedNewcomer[], actor: Actor) {
  const earned = judged.flatMap((newcomer) =>
    newcomer.link ? [{ newcomer, link: newcomer.link }] : [],
  )
  if (earned.length === 0) return new Map<JudgedNewcomer, IssuedBadge>()
  const numbers = earned.map(({ link }) =>
    drawNumber(tools.random, link.attempt.version.programme.certificationPrefix),
  )
  if ((await takeCertificationNumbers(tools.db, numbers)) < numbers.length)
    throw new Error('a new certification number is taken')
  const places = await newPlaces(tools, earned.length)
  const breathe = takeBreaths()
  const signed = []
  for (const [index, { link }] of earned.entries()) {
    const number = numbers[index] as string
    const reserved = reserve(tools, { link, number, renews: null }, places[index] as Place)
    signed.push({
      ...reserved,
      signed: await signCredential(tools, reserved.badge, reserved.credential),
    })
    await breathe()
  }
  const badges = await keepNewBadges(tools, signed, actor)
  return new Map(
    earned.map(({ newcomer }, index) => [newcomer, badges[index] as IssuedBadge] as const),
  )
}

function answer(
  tools: Tools,
  { message, result, settled }: JudgedNewcomer,
  badge: IssuedBadge | undefined,
): Accepted {
  const { state, reason = null } = settled
  const parkedFor = settled.state === 'parked' ? settled.parkedFor : null
  const settledResult = { ...result, state, reason, parkedFor }
  const accepted = intakeAnswer(tools, message, { result: settledResult, badge })
  const how = outcomeOf('new', badge !== undefined, accepted)
  if (badge) tools.metrics.minted()
  tools.metrics.accepted(accepted.result.state, how)
  return { ...accepted, how }
}
