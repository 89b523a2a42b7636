import type { Badge, Credential } from '../../domain/badge/badge.ts'
import { isSameName } from '../../domain/holders/name-request.ts'
import type { Verdict } from '../../domain/rules/judgement.ts'
import type { ValidPass } from '../../domain/rules/renewals.ts'
import { isPending, resultKey } from '../../domain/rules/result.ts'
import { dropReservation } from '../../storage/badges/badge-changes.ts'
import { findCredential } from '../../storage/badges/credentials.ts'
import { applyReinstatement, applyRevocation, applySuspension } from '../issuing/change-state.ts'
import type { Issued } from '../issuing/issue-badge.ts'
import { reissue, reissueNamed } from '../issuing/reissue-badge.ts'
import { keepReserved, newNumber, newPlace, reserve } from '../issuing/reserve-badge.ts'
import { type Mints, mint } from '../issuing/sign-badges.ts'
import { changeBadge } from '../support/change-badge.ts'
import type { Actor, TxTools } from '../tools/tools.ts'
import type { Judged } from './judge-person.ts'

type Work = { judged: Judged; actor: Actor }

/**
 * Brings the badges of a person in line with the judgement: revokes what must go, then changes, reissues or reserves
 * the others, in the order of the renewals. New badges are signed at once. Answers those, and what is still to be signed.
 */
export async function reconcileBadges(tools: TxTools, work: Work): Promise<Mints> {
  const { judgement, live } = work.judged
  for (const verdict of judgement.verdicts.values()) {
    const badge = live.get(resultKey(verdict.result))
    if (badge && !mayKeep(badge, verdict, work.judged)) await end(tools, work, badge, verdict)
  }
  const mints: Mints = []
  for (const { valid } of judgement.renewals.values())
    for (const group of Map.groupBy(valid, ({ certification }) => certification).values())
      await keepCertification(tools, work, group, mints)
  return mints
}

/** Whether a badge stays: its result must still earn the same achievement for the same person. */
function mayKeep(badge: Badge, { link }: Verdict, { candidates }: Judged): boolean {
  const isOfPerson = candidates.some(
    ({ source, id }) => source === badge.source && id === badge.candidateId,
  )
  return isOfPerson && badge.achievement === link?.attempt.exam.achievement
}

async function end(tools: TxTools, { judged, actor }: Work, badge: Badge, verdict: Verdict) {
  judged.live.delete(resultKey(verdict.result))
  if (!badge.issuedAt) return dropReservation(tools.db, badge.id)
  const revokedClass = verdict.link ? 'corrected' : verdict.ends
  await applyRevocation(tools, { badge, actor, revokedClass, by: 'result' })
}

/**
 * All badges of one certification have one number: that of the first which has one, unless an earlier certification has
 * it.
 */
async function keepCertification(tools: TxTools, work: Work, links: ValidPass[], mints: Mints) {
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
    const { badge, credential, isNew, issued } = await keepOne(tools, work, facts)
    judged.live.set(key, badge)
    if (badge.issuedAt === null && badge.revokedAt === null)
      mints.push({
        badge,
        credential: credential ?? (await reservedFor(tools, badge)),
        isNew,
        issued,
      })
  }
}

async function reservedFor({ db }: TxTools, { id }: Badge) {
  const credential = await findCredential(db, { badge_id: id })
  if (!credential) throw new Error(`badge ${id} has no credential`)
  return credential
}

type Facts = { link: ValidPass; number: string; renews: string | null }

/** `badge` is as it was before `issued`. */
type Kept = {
  badge: Badge
  credential?: Credential
  isNew: boolean
  issued?: Issued | undefined
}

async function keepOne(tools: TxTools, work: Work, facts: Facts): Promise<Kept> {
  const { result } = facts.link.attempt
  const existing = work.judged.live.get(resultKey(result))
  const same = existing !== undefined && hasFacts(existing, facts)
  if (existing?.issuedAt) {
    // A name that is corrected together with the facts goes into the new files at once.
    const before = { ...existing, holder: holderOf(facts.link) }
    const badge = same
      ? existing
      : await reissue(tools, { badge: before, ...signed(facts), ...work })
    return { badge: await follow(tools, work, badge, facts), isNew: false }
  }
  if (existing && same && existing.revision === result.revision)
    return { badge: await follow(tools, work, existing, facts), isNew: false }
  // The reservation is unpublished, and its address or name may be wrong.
  if (existing) await dropReservation(tools.db, existing.id)
  const reserved = reserve(tools, facts, await newPlace(tools))
  if (!isPending(result)) {
    const issued = await mint(tools, reserved, { result, actor: work.actor })
    return { ...reserved, isNew: true, issued }
  }
  await keepReserved(tools, reserved)
  return { ...reserved, badge: await follow(tools, work, reserved.badge, facts), isNew: true }
}

/** The facts in signed documents. */
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

/** Updates what Blazon itself shows: the name, the state, the renewal. Among files, only those with the name change. */
async function follow(
  tools: TxTools,
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
