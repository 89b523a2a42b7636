import type { ExamResult } from '../../../schemas/exam-result.ts'
import { findUnappliedVoids } from '../../storage/results/voided-statements.ts'
import { logFailure } from '../support/log-failure.ts'
import { yieldToEventLoop } from '../support/yield-to-event-loop.ts'
import type { Actor, Tools } from '../tools/tools.ts'
import { acceptExamResult } from './accept-exam-result.ts'

type Voided = { message: ExamResult & { candidate: { mark?: string } }; actor: Actor }

/** Sends the result of a void statement its second revision, `invalidated`; a repetition is a replay. */
export async function invalidate(tools: Tools, { message, actor }: Voided): Promise<void> {
  // Without the birth date or its pseudonym, so that the message is the same whichever arrived first.
  const { birthDate: _date, mark: _mark, ...candidate } = message.candidate
  const invalidation = { ...message, revision: 2, outcome: 'invalidated', candidate } as const
  await acceptExamResult(tools, { message: invalidation, actor })
}

/**
 * Invalidates void statements whose invalidation a crash prevented. One that fails is tried again next time.
 */
export async function invalidateVoided(tools: Tools): Promise<void> {
  for (const message of await findUnappliedVoids(tools.db)) {
    await yieldToEventLoop()
    try {
      await invalidate(tools, { message, actor: 'blazon' })
    } catch (error) {
      logFailure(
        tools.log,
        error,
        { source: message.source },
        'the result of a void statement could not be invalidated and waits',
      )
    }
  }
}
