import type { CandidateKey } from '../../domain/rules/person.ts'
import { inTransaction } from '../../storage/database.ts'
import { findOpenCandidates } from '../../storage/results/results.ts'
import type { ToSign } from '../issuing/sign-badges.ts'
import { signBadges } from '../issuing/sign-badges.ts'
import { reconcilePerson } from '../judging/reconcile-person.ts'
import { lockPeople } from '../support/lock-people.ts'
import { yieldToEventLoop } from '../support/yield-to-event-loop.ts'
import type { Tools } from '../tools/tools.ts'
import { invalidateVoided } from './invalidate-voided.ts'

/**
 * Takes up every result that a crash or a failed signature left waiting, and first those that a crash kept from hearing that they are
 * void; with `unknownExams`, when the programme may be new, also those whose exam was missing. Answers how many candidates were
 * looked at.
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
      await takeUp(tools, candidate)
    } catch (error) {
      // One result that cannot be issued must not keep the others, or the service, from starting.
      tools.log.warn(
        { source: candidate.source, err: error },
        'an open result could not be settled and waits',
      )
    }
  }
  return open.length
}

async function takeUp(tools: Tools, candidate: CandidateKey) {
  const toSign = await inTransaction(tools.db, async (tx) => {
    const toSign: ToSign = []
    for (const personId of await lockPeople({ ...tools, db: tx }, [candidate]))
      toSign.push(...(await reconcilePerson({ ...tools, db: tx }, { personId, actor: 'blazon' })))
    return toSign
  })
  await signBadges(tools, toSign, 'blazon')
}
