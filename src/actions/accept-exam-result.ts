import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { IntakeAnswer } from '../../schemas/badge.ts'
import type { ExamResult } from '../../schemas/exam-result.ts'
import { badgeAnswer } from '../domain/badge.ts'
import { Problem } from '../problem.ts'
import { findBadgeOfResult } from '../storage/badges.ts'
import { inTransaction } from '../storage/database.ts'
import { findResult, keepMessage, presentResult } from '../storage/results.ts'
import { issueBadge } from './issue-badge.ts'
import { settleDemand } from './settle-demand.ts'
import type { Actor, Tools } from './tools.ts'

export type Accepted = IntakeAnswer & {
  /** `minted` by this message, `replayed`, `pending` (held, waiting, parked), or `recorded`. */
  how: 'minted' | 'replayed' | 'pending' | 'recorded'
}

/**
 * Takes one message of the exam system: keeps it under its id, once, makes the highest revision the present fact, and mints
 * the badge in the same request. Answers after the commit. Throws `conflict` when the id was used with another body.
 */
export async function acceptExamResult(
  tools: Tools,
  { message, actor }: { message: ExamResult; actor: Actor },
): Promise<Accepted> {
  const { source, resultId, revision } = message
  const { kept, reserved } = await inTransaction(tools.db, async (tx) => {
    const kept = await keepMessage(tx, {
      message,
      bodyHash: hashOf(message),
      receivedAt: tools.now(),
      receivedFrom: actor,
    })
    if (kept !== 'new') return { kept, reserved: false }
    await presentResult(tx, message)
    const result = await findResult(tx, source, resultId)
    if (!result || result.revision !== revision) return { kept, reserved: false }
    return { kept, reserved: await settleDemand({ ...tools, db: tx }, { result, actor }) }
  })
  if (kept === 'other')
    throw new Problem(
      'conflict',
      `Result ${resultId} revision ${revision} was already received with another body. Send a correction as revision ${revision + 1} or higher.`,
    )
  await finish(tools, message, actor)
  const answer = await presentAnswer(tools, message)
  return { ...answer, how: howItWent(kept, reserved, answer) }
}

/** Signing may fail while the message is safe; then the badge waits and start-up or a replay takes it up again. */
async function finish(tools: Tools, { source, resultId }: ExamResult, actor: Actor) {
  try {
    await issueBadge(tools, { source, resultId, actor })
  } catch (error) {
    tools.log.warn({ source, err: error }, 'a badge could not be signed and waits')
  }
}

function howItWent(kept: 'new' | 'same', reserved: boolean, { result, badge }: IntakeAnswer) {
  if (kept === 'same') return 'replayed'
  if (reserved && badge && result.state === 'issued') return 'minted'
  return ['held', 'waiting', 'parked'].includes(result.state) ? 'pending' : 'recorded'
}

async function presentAnswer(
  { db, addresses, now }: Tools,
  { source, resultId, revision }: ExamResult,
): Promise<IntakeAnswer> {
  const result = await findResult(db, source, resultId)
  if (!result) throw new Error('an accepted result is not on record')
  const badge = await findBadgeOfResult(db, source, resultId)
  const outdated = result.revision > revision
  const waits =
    result.state === 'waiting'
      ? 'The badge could not be signed yet. Send the message again, or start Blazon again, and it is issued.'
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

/** The same body as JSON has the same hash, whatever the order of its keys (RFC 8785). */
function hashOf(message: ExamResult) {
  return createHash('sha256')
    .update(canonicalize(message) ?? '')
    .digest('hex')
}
