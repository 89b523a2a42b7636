import type { ReportRow } from '../../../schemas/import-report.ts'
import { templateCounts } from '../../credentials/data-to-sign.ts'
import { ThreadEnded } from '../../drawing/off-thread.ts'
import { Problem } from '../../problem.ts'
import { logFailure } from '../support/log-failure.ts'
import type { Tools } from '../tools/tools.ts'
import {
  type Counted,
  type ImportAnswer,
  type ImportQuestion,
  plainProblem,
  problemOf,
} from './import-server.ts'
import { importText, type SentText } from './import-text.ts'

/** Imports a large text. */
export type Imports = typeof importText

/** Asks the importing thread, and starts it if need be. */
export type AskThread = (question: ImportQuestion) => Promise<ImportAnswer | undefined>

let begun = 0

/**
 * Imports a text as `importText` does, on a thread with a database connection and a key ring of its own, so that this
 * one serves others meanwhile. If the thread cannot begin, the text is imported here.
 */
export async function* importOnThread(
  tools: Tools,
  { parts, signal, ...sent }: SentText,
  askThread: AskThread,
): AsyncGenerator<ReportRow[]> {
  begun += 1
  const id = begun
  const isThere = await askThread({ ask: 'begin', id, sent }).then(
    () => true,
    (error) => {
      logFailure(tools.log, error, {}, 'results are imported without a thread of their own')
      return false
    },
  )
  if (!isThere) return yield* importText(tools, { parts, signal, ...sent })
  const { stop, whatBroke } = giveText(parts, id, askThread)
  signal?.addEventListener('abort', stop, { once: true })
  try {
    for (;;) {
      const answer = await askThread({ ask: 'take', id })
      if (answer?.counted) count(tools, answer.counted)
      if (answer?.problem) throw problemOf(answer.problem)
      if (!answer?.outcomes) return
      yield answer.outcomes
    }
  } catch (error) {
    if (error instanceof ThreadEnded) throw ended(tools, error)
    throw whatBroke() ?? error
  } finally {
    signal?.removeEventListener('abort', stop)
    await stop()
  }
}

/**
 * Gives each part when the thread wants it, until all are given or the import is stopped. What the sender can mend ends
 * the text; anything else stops the import.
 */
function giveText(parts: AsyncIterator<string>, id: number, askThread: AskThread) {
  let isStopped = false
  let broken: unknown
  const stop = async () => {
    if (isStopped) return
    isStopped = true
    await askThread({ ask: 'stop', id }).catch(() => {})
  }
  const giveAll = async () => {
    for (;;) {
      const { value: part, done } = await parts.next()
      if (isStopped || done) break
      await askThread({ ask: 'text', id, part })
    }
    if (!isStopped) await askThread({ ask: 'end', id })
  }
  giveAll().catch(async (error: unknown) => {
    if (isStopped) return
    if (error instanceof Problem)
      return askThread({ ask: 'end', id, problem: plainProblem(error) }).catch(stop)
    broken = error
    return stop()
  })
  return { stop, whatBroke: () => broken }
}

function ended({ log }: Tools, error: ThreadEnded) {
  logFailure(log, error, {}, 'the thread that imports results ended')
  return new Problem(
    'unavailable/import-ended',
    'The rows could not be taken to the end. Send them again: what is stored is replayed.',
  )
}

function count({ metrics }: Tools, { accepted, minted, templates }: Counted) {
  for (const facts of accepted) metrics.accepted(...facts)
  for (let each = 0; each < minted; each += 1) metrics.minted()
  for (const each of ['made', 'compared', 'different'] as const)
    templateCounts[each] += templates[each]
}
