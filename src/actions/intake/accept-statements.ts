import type { ExamResult } from '../../../schemas/exam-result.ts'
import type { Statement } from '../../adapters/xapi.ts'
import type { SentIds } from '../../domain/people/normal-ids.ts'
import { Problem } from '../../problem.ts'
import { findMessage } from '../../storage/results/result-messages.ts'
import { isVoided, keepVoided } from '../../storage/results/voided-statements.ts'
import { yieldToEventLoop } from '../support/yield-to-event-loop.ts'
import type { Actor, Tools } from '../tools/tools.ts'
import { acceptExamResult, isTaken } from './accept-exam-result.ts'
import { invalidate } from './invalidate-voided.ts'

type Arrival = { source: string; statements: Statement[]; actor: Actor }

/**
 * Accepts xAPI statements. The id of a statement is that of its result; a voided one is `invalidated`, whichever
 * arrived first. Safe to repeat. Throws `conflict` for an id that was used with another body, before anything is
 * stored.
 */
export async function acceptStatements(tools: Tools, arrival: Arrival): Promise<void> {
  const { statements } = arrival
  for (const { id, message } of statements)
    if (message && (await isTaken(tools, message)))
      throw new Problem(
        'conflict/statement-taken',
        `Statement ${id} was already received with another body; a statement never changes. Nothing was kept.`,
      )
  // Voidings first, so that no badge is issued that must be revoked at once.
  for (const { voids } of statements)
    if (voids !== undefined) await voidStatement(tools, voids, arrival)
  for (const { message, sentIds } of statements)
    if (message) await takeResult(tools, { message, sentIds }, arrival)
}

/**
 * Each side stores its own fact before it reads the other's: of two at once, at least one sees both. If a crash
 * separates the two facts, `invalidateVoided` completes them.
 */
async function voidStatement(tools: Tools, statementId: string, { source, actor }: Arrival) {
  await yieldToEventLoop()
  await keepVoided(tools.db, { source, statementId }, tools.now())
  const kept = await findMessage(tools.db, { source, resultId: statementId, revision: 1 })
  if (kept) await invalidate(tools, { message: kept.message, actor })
}

type Result = { message: ExamResult; sentIds: SentIds | undefined }

async function takeResult(tools: Tools, { message, sentIds }: Result, { source, actor }: Arrival) {
  await yieldToEventLoop()
  const statement = { source, statementId: message.resultId }
  const wasVoided = await isVoided(tools.db, statement)
  if (wasVoided) await invalidate(tools, { message, actor })
  await acceptExamResult(tools, { message, sentIds, actor })
  if (!wasVoided && (await isVoided(tools.db, statement)))
    await invalidate(tools, { message, actor })
}
