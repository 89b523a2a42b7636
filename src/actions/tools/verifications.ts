import { offThread, ThreadEnded } from '../../drawing/off-thread.ts'
import { unknown } from '../../verifying/checks.ts'
import { type FileJudged, judgeKnown, type Question } from '../../verifying/verify.ts'
import { type Turns, takeTurns } from './take-turns.ts'

/** Verifies badges without blocking other work. */
export type Verifications = {
  /** Throws `unavailable` when too many questions wait, in all or of this caller. */
  judge: (question: Question, caller: string) => Promise<FileJudged>
}

// A badge takes 10 ms, and the worst file a third of a second: the last one in line waits for a few seconds.
const usual: Turns = { atOnce: 1, waiting: 40, each: 8 }
// Far beyond the cost of any file that `readPresented` accepts: these limits guard against the unforeseen.
const limits = { time: 20_000, memory: 256 }

// One thread for the process. It stores nothing of what it verifies, and no private key reaches it.
const onThread = offThread<Question, FileJudged>(
  new URL('./verification-thread.ts', import.meta.url),
  limits,
)

/**
 * Verifies genuine badges of shapes that this process signs at once, and all other files on a thread, callers in rotation. A file that ends the thread gets no verdict, and the next file gets a new
 * thread.
 */
export function makeVerifications(
  log: { warn: (facts: object, message: string) => void },
  turns: Turns = usual,
  judge: (question: Question) => Promise<FileJudged> = onThread,
): Verifications {
  const inTurn = takeTurns(turns, crowded)
  return {
    judge: async (question, caller) =>
      (await judgeKnown(question)) ??
      inTurn(async () => {
        try {
          return await judge(question)
        } catch (error) {
          if (!(error instanceof ThreadEnded)) throw error
          log.warn({ reason: error.message }, 'a presented file could not be judged')
          return { findings: [tooMuch], documents: [] }
        }
      }, caller),
  }
}

const crowded = 'Many badges are being checked at this moment. Try again in a few seconds.'

const tooMuch = unknown(
  'file',
  'Checking this file takes more time or memory than any badge that can be checked here does, so it was not checked.',
)
