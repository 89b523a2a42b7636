import type { ExamResult } from '../../../schemas/exam-result.ts'
import { resultKey } from '../../domain/rules/result.ts'
import { findKnownMessages } from '../../storage/results/result-messages.ts'
import { findResults } from '../../storage/results/results.ts'
import { messageFingerprint } from '../support/message-fingerprint.ts'
import { takeBreaths } from '../support/yield-to-event-loop.ts'
import type { Tools } from '../tools/tools.ts'
import { type Accepted, type Arrival, subjectsOf } from './accept-exam-result.ts'
import { intakeAnswer } from './intake-answer.ts'

/**
 * Those of some messages that are on record with the same body, and whose results wait for no signature: nothing is to
 * be done about them, as about most of a file that is sent again. Leaves those that share a result or a candidate with
 * others. Answers as `acceptExamResult` does, without the badges.
 */
export async function findReplays(
  tools: Tools,
  arrivals: Arrival[],
): Promise<Map<Arrival, Accepted>> {
  const replays = new Map<Arrival, Accepted>()
  const breathe = takeBreaths()
  for (const [source, some] of Map.groupBy(arrivals, ({ message }) => message.source)) {
    const known = await knownOf(tools, source, some)
    if (known.hashes.size === 0) continue
    for (const arrival of some) {
      const message = arrival.message as ExamResult
      const hash = known.hashes.get(revisionKey(message))
      const result = known.results.get(resultKey(message))
      if (!hash || !result || result.state === 'waiting') continue
      if (hash !== messageFingerprint(tools, message)) continue
      replays.set(arrival, { ...intakeAnswer(tools, message, { result }), how: 'replayed' })
      await breathe()
    }
  }
  const others = arrivals.filter((arrival) => !replays.has(arrival))
  const changed = new Set(others.flatMap(({ message }) => subjectsOf(message)))
  for (const [arrival, { result }] of replays)
    if (subjectsOf(arrival.message).some((each) => changed.has(each))) replays.delete(arrival)
    else tools.metrics.accepted(result.state, 'replayed')
  return replays
}

async function knownOf({ db }: Tools, source: string, arrivals: Arrival[]) {
  const numbered = arrivals.filter(({ message }) => message.revision !== undefined)
  const resultIds = [...new Set(numbered.map(({ message }) => message.resultId))]
  const messages = await findKnownMessages(db, { source, resultIds })
  const ids = [...new Set(messages.map(({ resultId }) => resultId))]
  const results = await findResults(db, { source, resultIds: ids })
  return {
    hashes: new Map(messages.map((each) => [revisionKey(each), each.bodyHash])),
    results: new Map(results.map((each) => [resultKey(each), each])),
  }
}

function revisionKey({ resultId, revision }: { resultId: string; revision?: number | undefined }) {
  return `${revision ?? ''} ${resultId}`
}
