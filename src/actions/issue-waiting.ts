import type { CandidateKey } from '../domain/person.ts'
import { inTransaction } from '../storage/database.ts'
import { findOpenCandidates } from '../storage/results.ts'
import { invalidateVoided } from './invalidate-voided.ts'
import { letOthers } from './let-others.ts'
import { lockPeople } from './lock-people.ts'
import { settlePerson, type ToSign } from './settle-person.ts'
import { signBadges } from './sign-badges.ts'
import type { Tools } from './tools.ts'

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
    await letOthers()
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
      toSign.push(...(await settlePerson({ ...tools, db: tx }, { personId, actor: 'blazon' })))
    return toSign
  })
  await signBadges(tools, toSign, 'blazon')
}
