import type { Badge } from '../../domain/badge/badge.ts'
import { type NameRequest, requestItem } from '../../domain/holders/name-request.ts'
import {
  mostWishesADay,
  type NameWish,
  tidyWish,
  type WishMistake,
  wishMistake,
} from '../../domain/holders/name-wish.ts'
import { ownerActor } from '../../domain/people/account.ts'
import { instantBefore } from '../../domain/work/job.ts'
import { Problem } from '../../problem.ts'
import { writeAudit } from '../../storage/audit.ts'
import {
  changeNameRequest,
  findNameRequests,
  keepNameRequest,
} from '../../storage/results/name-requests.ts'
import { findItem, openItem } from '../../storage/results/review-items.ts'
import type { Mints } from '../issuing/sign-badges.ts'
import { signBadges } from '../issuing/sign-badges.ts'
import { reconcilePerson } from '../judging/reconcile-person.ts'
import { findHolderBadge } from '../support/holder-badge.ts'
import { lockPeople } from '../support/lock-people.ts'
import type { Tools, TxTools } from '../tools/tools.ts'
import { transaction } from '../tools/transaction.ts'

type Of = { accountId: string; badgeId: string }

/**
 * Puts a candidate's request for another name into the review queue; one at a time. Answers why the request is refused,
 * or undefined when it is accepted. Throws `not-found` for another's badge, and `conflict` for a revoked or declined
 * one.
 */
export async function askForName(
  tools: Tools,
  { wish, ...of }: Of & { wish: NameWish },
): Promise<WishMistake | undefined> {
  const tidy = tidyWish(wish)
  return withBadge(tools, of, async (inside, badge) => {
    const { db, now } = inside
    if (badge.revokedAt || badge.declinedAt)
      throw new Problem(
        'conflict/name-final',
        'This badge is no longer in use, so its name stays as it is.',
      )
    const mistake = wishMistake(tidy, badge.holder)
    if (mistake) return mistake
    const key = { source: badge.source, id: badge.candidateId }
    const requests = await findNameRequests(db, key)
    const last = requests.at(-1)
    if (last && (await findItem(db, requestItem(last).id))?.state === 'open') return 'open'
    const yesterday = instantBefore(now(), 'PT24H')
    const recent = requests.filter(({ askedAt }) => askedAt > yesterday)
    if (recent.length >= mostWishesADay) return 'often'
    const number = (last?.number ?? 0) + 1
    const empty = { takenBackAt: null, answer: null }
    const asked = { was: badge.holder, askedAt: now() }
    const request: NameRequest = { ...key, ...tidy, ...empty, ...asked, number }
    await keepNameRequest(db, request)
    await openItem(db, requestItem(request), now())
    await note(inside, of, 'badge.name-asked')
    return undefined
  })
}

/** Withdraws the open request; without one it changes nothing. Throws `not-found`. */
export async function takeBackName(tools: Tools, of: Of): Promise<void> {
  await withBadge(tools, of, async (inside, badge) => {
    const { db, now } = inside
    const key = { source: badge.source, id: badge.candidateId }
    const last = (await findNameRequests(db, key)).at(-1)
    if (!last || last.takenBackAt !== null) return
    if ((await findItem(db, requestItem(last).id))?.state !== 'open') return
    await changeNameRequest(db, last, { takenBackAt: now() })
    await note(inside, of, 'badge.name-taken-back')
  })
}

/** Runs work with the person's lock, and judges the person at the end. A badge is locked after its people. */
async function withBadge<Answer>(
  tools: Tools,
  of: Of,
  work: (tools: TxTools, badge: Badge) => Promise<Answer>,
): Promise<Answer> {
  const actor = ownerActor(of.accountId)
  const { answer, mints } = await transaction(tools, async (tools) => {
    const { db } = tools
    const { source, candidateId } = await findHolderBadge(db, of)
    const people = await lockPeople(tools, [{ source, id: candidateId }])
    const badge = await findHolderBadge(db, of)
    if (badge.candidateId !== candidateId)
      throw new Problem(
        'conflict/badge-changed',
        'The badge has just changed. Look at it again, and ask again.',
      )
    const answer = await work(tools, badge)
    const mints: Mints = []
    for (const personId of people)
      mints.push(...(await reconcilePerson(tools, { personId, actor })))
    return { answer, mints }
  })
  await signBadges(tools, mints, actor)
  return answer
}

async function note({ db, now }: Tools, { accountId, badgeId }: Of, action: string) {
  await writeAudit(db, { at: now(), actor: ownerActor(accountId), action, subject: badgeId })
}
