import type { IntakeAnswer } from '../../../schemas/badge.ts'
import type { ExamResult } from '../../../schemas/exam-result.ts'
import { type Badge, badgeAnswer } from '../../domain/badge/badge.ts'
import type { Result } from '../../domain/rules/result.ts'
import { findBadgeOfResult } from '../../storage/badges/badges.ts'
import { findResult } from '../../storage/results/results.ts'
import type { Tools } from '../tools/tools.ts'

/** How a message was accepted. `reserved` says that it reserved a badge. */
export function outcomeOf(
  kept: 'new' | 'same',
  reserved: boolean,
  { result, badge }: IntakeAnswer,
): 'minted' | 'replayed' | 'pending' | 'recorded' {
  if (kept === 'same') return 'replayed'
  if (reserved && badge && result.state === 'issued') return 'minted'
  return ['held', 'waiting', 'parked'].includes(result.state) ? 'pending' : 'recorded'
}

/** The counting message has a lower revision: an operator refused this one. */
function refusedAnswer(of: Pick<ExamResult, 'source' | 'resultId' | 'revision'>): IntakeAnswer {
  const reason =
    'An operator decided that this message is about another person, so it changes nothing.'
  return { result: { ...of, state: 'recorded', reason } }
}

/** The result of a message, and the badge that represents it. */
type Recorded = { result: Result; badge?: Badge | undefined }

/** What is on record of a message that was accepted. */
export async function readRecorded(
  { db }: Pick<Tools, 'db'>,
  { source, resultId }: ExamResult,
): Promise<Recorded> {
  const result = await findResult(db, source, resultId)
  if (!result) throw new Error('an accepted result is not on record')
  return { result, badge: await findBadgeOfResult(db, source, resultId) }
}

/** The answer to a message, from what is on record of it. */
export function intakeAnswer(
  { addresses, now }: Pick<Tools, 'addresses' | 'now'>,
  { source, resultId, revision }: ExamResult,
  { result, badge }: Recorded,
): IntakeAnswer {
  if (result.revision < revision && !result.contested)
    return refusedAnswer({ source, resultId, revision })
  const outdated = result.revision > revision
  const waits =
    result.state === 'waiting'
      ? 'The badge could not be signed yet. Blazon tries again by itself; sending the message again does no harm.'
      : null
  const reason = outdated ? null : (result.reason ?? waits)
  return {
    result: {
      source,
      resultId,
      revision,
      state: outdated ? 'outdated' : result.state,
      ...(reason && { reason }),
    },
    ...(badge && { badge: badgeAnswer(badge, addresses, now()) }),
  }
}
