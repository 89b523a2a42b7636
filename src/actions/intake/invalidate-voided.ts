import type { ExamResult } from '../../../schemas/exam-result.ts'
import { findUnheard } from '../../storage/results/voided-statements.ts'
import { yieldToEventLoop } from '../support/yield-to-event-loop.ts'
import type { Actor, Tools } from '../tools/tools.ts'
import { acceptExamResult } from './accept-exam-result.ts'

type Voided = { message: ExamResult & { candidate: { mark?: string } }; actor: Actor }

/** Lets the result of a void statement be `invalidated`, as its second revision; done again, it is a replay. */
export async function invalidate(tools: Tools, { message, actor }: Voided): Promise<void> {
  // The same whichever came first: a birth date, or what is kept in its place, has no part in it.
  const { birthDate: _date, mark: _mark, ...candidate } = message.candidate
  const word = { ...message, revision: 2, outcome: 'invalidated', candidate } as const
  await acceptExamResult(tools, { message: word, actor })
}

/** Invalidates what a crash left between the word that a statement is void and its result. One that cannot be is tried next time. */
export async function invalidateVoided(tools: Tools): Promise<void> {
  for (const message of await findUnheard(tools.db)) {
    await yieldToEventLoop()
    try {
      await invalidate(tools, { message, actor: 'blazon' })
    } catch (error) {
      tools.log.warn(
        { source: message.source, err: error },
        'the result of a void statement could not be invalidated and waits',
      )
    }
  }
}
