import type { Verdict } from '../../domain/rules/judgement.ts'
import type { ValidPass } from '../../domain/rules/renewals.ts'
import { resultKey, type Settled } from '../../domain/rules/result.ts'
import { settleResult } from '../../storage/results/result-states.ts'
import { closeItem, openItem } from '../../storage/results/review-items.ts'
import type { Mints } from '../issuing/sign-badges.ts'
import { keepReminders } from '../support/plan-mails.ts'
import type { Actor, TxTools } from '../tools/tools.ts'
import { type Judged, judgePerson } from './judge-person.ts'
import { reconcileBadges } from './reconcile-badges.ts'
import { updateCandidates } from './update-candidates.ts'

/**
 * Brings a person's records in line with the judgement: badges, states of results, the review queue, reminders. In the
 * transaction that `tools.db` is, which holds the person's lock. Safe to repeat: it writes only what differs.
 */
export async function reconcilePerson(
  tools: TxTools,
  { personId, actor }: { personId: string; actor: Actor },
): Promise<Mints> {
  const judged = await judgePerson(tools, personId)
  const mints = await reconcileBadges(tools, { judged, actor })
  const unsigned = new Set(
    mints.filter(({ issued }) => !issued).map(({ badge }) => resultKey(badge)),
  )
  for (const [key, verdict] of judged.judgement.verdicts)
    await keepState(tools, verdict, stateOf(verdict, unsigned.has(key)))
  await keepQueue(tools, judged)
  await updateCandidates(tools, personId, judged)
  const live = new Map([...judged.live.values()].map((badge) => [badge.id, badge]))
  const badges = new Map([...judged.badges.map((badge) => [badge.id, badge] as const), ...live])
  await keepReminders(tools, [...badges.values()], new Set(live.keys()))
  return mints
}

function stateOf(
  { settled, link }: Verdict & { link: ValidPass | undefined },
  unsigned: boolean,
): Settled {
  return link && unsigned ? { state: 'waiting' } : settled
}

async function keepState({ db }: TxTools, { result }: Verdict, settled: Settled) {
  const { state, reason = null } = settled
  const parkedFor = settled.state === 'parked' ? settled.parkedFor : null
  if (result.state === state && result.reason === reason && result.parkedFor === parkedFor) return
  await settleResult(db, result, settled)
}

async function keepQueue({ db, now }: TxTools, { judgement, items }: Judged) {
  const byId = new Map(items.map((item) => [item.id, item]))
  const asked = new Set(judgement.items.map(({ id }) => id))
  for (const item of judgement.items) {
    const known = byId.get(item.id)
    const same =
      known &&
      known.state !== 'gone' &&
      known.reason === item.reason &&
      JSON.stringify(known.facts) === JSON.stringify(item.facts)
    if (!same) await openItem(db, item, now())
  }
  for (const { id, kind, state } of items)
    if (state === 'open' && kind !== 'second-account' && !asked.has(id)) await closeItem(db, id)
}
