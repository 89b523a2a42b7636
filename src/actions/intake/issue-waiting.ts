import type { CandidateKey } from '../../domain/rules/person.ts'
import { findOpenCandidates } from '../../storage/results/result-states.ts'
import type { Mints } from '../issuing/sign-badges.ts'
import { signBadges } from '../issuing/sign-badges.ts'
import { reconcilePerson } from '../judging/reconcile-person.ts'
import { lockPeople } from '../support/lock-people.ts'
import { logFailure } from '../support/log-failure.ts'
import { yieldToEventLoop } from '../support/yield-to-event-loop.ts'
import type { Tools } from '../tools/tools.ts'
import { transaction } from '../tools/transaction.ts'
import { invalidateVoided } from './invalidate-voided.ts'

/**
 * Settles every result that a crash or a failed signature left waiting, after invalidating void statements that a crash
 * left. With `unknownExams`, for a programme that may be new, also results whose exam was missing. Answers how many
 * candidates it processed.
 */
export async function issueWaiting(
  tools: Tools,
  { unknownExams = false }: { unknownExams?: boolean } = {},
): Promise<number> {
  await invalidateVoided(tools)
  const open = await findOpenCandidates(tools.db, { unknownExams })
  for (const candidate of open) {
    await yieldToEventLoop()
    try {
      await settle(tools, candidate)
    } catch (error) {
      // One failure must not prevent the other results, or the service, from starting.
      logFailure(
        tools.log,
        error,
        { source: candidate.source },
        'an open result could not be settled and waits',
      )
    }
  }
  return open.length
}

async function settle(tools: Tools, candidate: CandidateKey) {
  const mints = await transaction(tools, async (tools) => {
    const mints: Mints = []
    for (const personId of await lockPeople(tools, [candidate]))
      mints.push(...(await reconcilePerson(tools, { personId, actor: 'blazon' })))
    return mints
  })
  await signBadges(tools, mints, 'blazon')
}
