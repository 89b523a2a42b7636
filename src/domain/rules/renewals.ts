import type { Achievement } from '../../../schemas/programme.ts'
import { findAchievement } from '../programme/programme.ts'
import { type Attempt, byMoment, earlier, later, momentOf } from './attempt.ts'
import { type Result, resultKey, type Settled } from './result.ts'
import { type Decisions, type ReviewItem, reviewItem } from './review.ts'
import { type Validity, validity } from './validity.ts'

/** A pass that counts, with its dates; `certification` numbers the certifications of one achievement from 0. */
export type ValidPass = {
  attempt: Attempt
  validity: Validity
  certification: number
  renews: ValidPass | undefined
}

/** A pass that earns no badge now, and the state of its result. */
export type RefusedPass = { attempt: Attempt; settled: Settled; superseded: boolean }

export type Renewals = { valid: ValidPass[]; refused: RefusedPass[]; items: ReviewItem[] }

type Standing = {
  decisions: Decisions
  /** Keys of results that have a badge. */
  live: Set<string>
  /** By result key: the last badge that an operator revoked, and the revision that it stood for. */
  revoked: Map<string, { badgeId: string; revision: number }>
}

export type RenewalRules = NonNullable<Achievement['renewal']>

/** The rules for an achievement without renewal settings. */
export const noRenewal: RenewalRules = {
  renewalWindow: 'P0D',
  graceAfter: 'P0D',
  renewalAnchor: 'passDate',
  passOutsideWindow: 'accept',
}

/**
 * Links the passes of one achievement: which ones begin a certification, which ones renew one (programme rules, part
 * 3).
 */
export function linkPasses(passes: Attempt[], standing: Standing): Renewals {
  const renewals: Renewals = { valid: [], refused: [], items: [] }
  for (const attempt of passes.toSorted(byMoment(({ finalMessage }) => momentOf(finalMessage)))) {
    const refused = refusedAlready(attempt, standing)
    if (refused) renewals.refused.push({ attempt, superseded: false, settled: refused.settled })
    if (refused?.item) renewals.items.push(refused.item)
    if (!refused) join(renewals, attempt, standing.decisions)
  }
  return renewals
}

function refusedAlready(
  { result, exam, version }: Attempt,
  { decisions, live, revoked }: Standing,
): { settled: Settled; item?: ReviewItem } | undefined {
  const key = resultKey(result)
  if (findAchievement(version.programme, exam.achievement)?.retired && !live.has(key))
    return {
      settled: {
        state: 'recorded',
        reason: `${exam.achievement} is retired; no new badges are issued for it.`,
      },
    }
  const ended = revoked.get(key)
  if (!ended || live.has(key)) return undefined
  const reason = 'An operator revoked the badge of this result.'
  if (result.revision <= ended.revision) return { settled: { state: 'recorded', reason } }
  const item = reviewItem(
    {
      kind: 'revoked',
      source: result.source,
      candidateId: result.message.candidate.id,
      resultId: result.resultId,
      facts: { badge: ended.badgeId },
      reason: `${reason} The exam system says again that it is a pass. Nothing is issued until an operator decides.`,
    },
    [ended.badgeId],
  )
  const decision = decisions.get(item.id)
  if (decision === 'issue') return undefined
  if (decision) return { settled: { state: 'recorded', reason } }
  return { settled: { state: 'parked', parkedFor: 'revoked', reason: item.reason }, item }
}

function join(renewals: Renewals, attempt: Attempt, decisions: Decisions) {
  const last = renewals.valid.at(-1)
  const own = datesOf(attempt)
  if (!last) return begin(renewals, attempt, own)
  const rules = renewalRulesOf(attempt)
  const { expiresOn } = last.validity
  if (own.earnedOn > later(expiresOn, rules.graceAfter)) return begin(renewals, attempt, own)
  const opens = earlier(expiresOn, rules.renewalWindow)
  if (own.earnedOn >= opens) {
    const anchor = rules.renewalAnchor === 'previousExpiry' ? anchorAfter(last, attempt) : undefined
    return renew(renewals, attempt, datesOf(attempt, anchor), last)
  }
  const refused = outsideWindow(renewals, attempt, last, { opens, decisions })
  if (refused) renewals.refused.push({ attempt, superseded: true, settled: refused })
  else renew(renewals, attempt, own, last)
}

function begin(renewals: Renewals, attempt: Attempt, dates: Validity) {
  const certification = (renewals.valid.at(-1)?.certification ?? -1) + 1
  renewals.valid.push({ attempt, validity: dates, certification, renews: undefined })
}

function renew(renewals: Renewals, attempt: Attempt, dates: Validity, last: ValidPass) {
  renewals.valid.push({
    attempt,
    validity: dates,
    certification: last.certification,
    renews: last,
  })
}

/**
 * Settles a pass before the renewal window, by the programme or an operator's decision. Undefined when the pass counts.
 */
function outsideWindow(
  renewals: Renewals,
  attempt: Attempt,
  last: ValidPass,
  { opens, decisions }: { opens: string; decisions: Decisions },
): Settled | undefined {
  const { result, finalMessage } = attempt
  const until = `The holder is certified through ${last.validity.expiresOn}, and renewal opens on ${opens}.`
  const facts = { exam: finalMessage.exam, certifiedBy: last.attempt.result.resultId, opens }
  const about = {
    source: result.source,
    candidateId: result.message.candidate.id,
    resultId: result.resultId,
    facts,
  }
  const question = [
    finalMessage.exam,
    momentOf(finalMessage)?.toString(),
    last.attempt.result.resultId,
  ]
  if (candidateKey(last.attempt.result) !== candidateKey(result)) {
    const item = reviewItem(
      {
        kind: 'overlap',
        ...about,
        reason: `${until} This later pass came under another candidate id. Let the earlier badge stand alone, or keep both.`,
      },
      question,
    )
    const decision = decisions.get(item.id)
    if (!decision) renewals.items.push(item)
    if (decision !== 'supersede') return undefined
    return { state: 'recorded', reason: `${until} An operator let the earlier badge stand alone.` }
  }
  const { passOutsideWindow } = renewalRulesOf(attempt)
  if (passOutsideWindow === 'accept') return undefined
  if (passOutsideWindow === 'reject')
    return { state: 'recorded', reason: `${until} Passes before that renew nothing.` }
  const item = reviewItem(
    { kind: 'early', ...about, reason: `${until} Issue a badge for this early pass, or deny it.` },
    question,
  )
  const decision = decisions.get(item.id)
  if (decision === 'issue') return undefined
  if (decision) return { state: 'recorded', reason: `${until} An operator denied the early pass.` }
  renewals.items.push(item)
  return { state: 'parked', parkedFor: 'early', reason: item.reason }
}

const candidateKey = ({ source, message }: Result) => `${source} ${message.candidate.id}`

/** The renewal settings that judge a pass. */
export function renewalRulesOf({ version, exam }: Pick<Attempt, 'version' | 'exam'>) {
  return findAchievement(version.programme, exam.achievement)?.renewal ?? noRenewal
}

function datesOf({ finalMessage, exam, version }: Attempt, anchor?: string): Validity {
  const { timeZone, policies } = version.programme
  return validity(finalMessage.endedAt ?? '', {
    timeZone,
    term: findAchievement(version.programme, exam.achievement)?.validity ?? 'P0D',
    inclusiveEnd: policies.inclusiveEnd,
    ...(finalMessage.receivedAt && { receivedAt: finalMessage.receivedAt }),
    ...(anchor && { anchor }),
  })
}

/**
 * The term starts on the later of the day of the pass and the day after the old term, so early renewers lose nothing.
 */
function anchorAfter(last: ValidPass, attempt: Attempt): string {
  const { inclusiveEnd } = attempt.version.programme.policies
  const { expiresOn } = last.validity
  const next = inclusiveEnd === 'dayBefore' ? later(expiresOn, 'P1D') : expiresOn
  const own = datesOf(attempt).earnedOn
  return own > next ? own : next
}
