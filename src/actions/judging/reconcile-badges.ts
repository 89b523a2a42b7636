import type { Badge } from '../../domain/badge/badge.ts'
import { isSameName } from '../../domain/holders/name-request.ts'
import type { Verdict } from '../../domain/rules/judgement.ts'
import type { ValidPass } from '../../domain/rules/renewals.ts'
import { isPending, resultKey } from '../../domain/rules/result.ts'
import { changeBadge, dropReservation } from '../../storage/badges/badges.ts'
import { applyReinstatement, applyRevocation, applySuspension } from '../issuing/change-state.ts'
import { reissue, reissueNamed } from '../issuing/reissue-badge.ts'
import { newNumber, reserve } from '../issuing/reserve-badge.ts'
import type { ToSign } from '../issuing/sign-badges.ts'
import type { Actor, Tools } from '../tools/tools.ts'
import type { Judged } from './judge-person.ts'

type Work = { judged: Judged; actor: Actor }

/**
 * Holds the badges of a person against what they must be: revokes what must not live, then changes, re-issues or reserves the
 * rest in the order of the chains. Answers the results whose badge is still to be signed.
 */
export async function reconcileBadges(tools: Tools, work: Work): Promise<ToSign> {
  const { judgement, live } = work.judged
  for (const verdict of judgement.verdicts.values()) {
    const badge = live.get(resultKey(verdict.result))
    if (badge && !mayKeep(badge, verdict, work.judged)) await end(tools, work, badge, verdict)
  }
  const toSign: ToSign = []
  for (const { valid } of judgement.renewals.values())
    for (const group of Map.groupBy(valid, ({ certification }) => certification).values())
      await keepCertification(tools, work, group, toSign)
  return toSign
}

/** A badge lives on for a result that still earns the same achievement for the same person. */
function mayKeep(badge: Badge, { link }: Verdict, { candidates }: Judged): boolean {
  const theirs = candidates.some(
    ({ source, id }) => source === badge.source && id === badge.candidateId,
  )
  return theirs && badge.achievement === link?.attempt.exam.achievement
}

async function end(tools: Tools, { judged, actor }: Work, badge: Badge, verdict: Verdict) {
  judged.live.delete(resultKey(verdict.result))
  if (!badge.issuedAt) return dropReservation(tools.db, badge.id)
  const revokedClass = verdict.link ? 'corrected' : verdict.ends
  await applyRevocation(tools, { badge, actor, revokedClass, by: 'result' })
}

/** One certification: all its badges bear one number, that of the first which has one, unless an earlier certification has it. */
async function keepCertification(tools: Tools, work: Work, links: ValidPass[], toSign: ToSign) {
  const { judged } = work
  const given = links.map(({ attempt }) => judged.live.get(resultKey(attempt.result)))
  const known = given.find(
    (badge) => badge && !judged.numbers.has(badge.certificationNumber),
  )?.certificationNumber
  const { programme } = (links[0] as ValidPass).attempt.version
  const number = known ?? (await newNumber(tools, programme.certificationPrefix))
  judged.numbers.add(number)
  for (const link of links) {
    const key = resultKey(link.attempt.result)
    const renewed = link.renews && judged.live.get(resultKey(link.renews.attempt.result))
    const facts = { link, number, renews: renewed?.id ?? null }
    const { badge, isNew } = await keepOne(tools, work, facts)
    judged.live.set(key, badge)
    if (!badge.issuedAt) toSign.push({ source: badge.source, resultId: badge.resultId, isNew })
  }
}

type Facts = { link: ValidPass; number: string; renews: string | null }

async function keepOne(tools: Tools, work: Work, facts: Facts) {
  const { result } = facts.link.attempt
  const there = work.judged.live.get(resultKey(result))
  const same = there !== undefined && hasFacts(there, facts)
  if (there?.issuedAt) {
    // A name that is corrected with the facts is in the new files at once.
    const before = { ...there, holder: holderOf(facts.link) }
    const badge = same ? there : await reissue(tools, { badge: before, ...signed(facts), ...work })
    return { badge: await follow(tools, work, badge, facts), isNew: false }
  }
  if (there && same && there.revision === result.revision)
    return { badge: await follow(tools, work, there, facts), isNew: false }
  // Nobody has heard of its ids, and its address or name may be wrong.
  if (there) await dropReservation(tools.db, there.id)
  return { badge: await follow(tools, work, await reserve(tools, facts), facts), isNew: true }
}

/** What stands in signed documents. */
function signed({ link, number }: Facts) {
  const { finalMessage, exam } = link.attempt
  return {
    facts: {
      ...link.validity,
      exam: finalMessage.exam,
      score: exam.showScore && finalMessage.score !== undefined ? finalMessage.score : null,
      certificationNumber: number,
    },
    email: link.attempt.result.message.candidate.email,
  }
}

function hasFacts(badge: Badge, facts: Facts): boolean {
  return Object.entries(signed(facts).facts).every(
    ([name, value]) => badge[name as keyof Badge] === value,
  )
}

function holderOf({ attempt }: ValidPass): Badge['holder'] {
  const { fullName, latinName = null } = attempt.result.message.candidate
  return { fullName, latinName }
}

/** What our own answers show, and of the files only those that name the holder: the name, the state, the renewal. */
async function follow(
  tools: Tools,
  { actor }: Work,
  badge: Badge,
  { link, renews }: Facts,
): Promise<Badge> {
  const { result } = link.attempt
  const { id: candidateId } = result.message.candidate
  const holder = holderOf(link)
  const renamed = !isSameName(badge.holder, holder)
  if (
    renamed ||
    badge.renews !== renews ||
    badge.revision !== result.revision ||
    badge.candidateId !== candidateId
  )
    await changeBadge(tools.db, badge.id, {
      holder,
      renews,
      revision: result.revision,
      candidateId,
    })
  if (renamed) await reissueNamed(tools, { badge: { ...badge, holder }, actor })
  if (isPending(result) && !badge.suspendedAt)
    await applySuspension(tools, { badge, actor, by: 'result' })
  if (!isPending(result) && badge.suspendedBy === 'result')
    await applyReinstatement(tools, { badge, actor })
  return { ...badge, renews }
}
