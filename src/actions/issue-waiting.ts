import { inTransaction } from '../storage/database.ts'
import { findOpenResults, findResult, lockResult } from '../storage/results.ts'
import { issueBadge } from './issue-badge.ts'
import { settleDemand } from './settle-demand.ts'
import type { Tools } from './tools.ts'

/** Takes up, at start-up, every result that a crash or a missing exam left open. Answers how many were looked at. */
export async function issueWaiting(tools: Tools): Promise<number> {
  const open = await findOpenResults(tools.db)
  for (const { source, resultId } of open)
    try {
      await takeUp(tools, source, resultId)
    } catch (error) {
      // One result that cannot be issued must not keep the others, or the service, from starting.
      tools.log.warn({ source, err: error }, 'an open result could not be settled and waits')
    }
  return open.length
}

async function takeUp(tools: Tools, source: string, resultId: string) {
  await inTransaction(tools.db, async (tx) => {
    await lockResult(tx, source, resultId)
    const result = await findResult(tx, source, resultId)
    // Somebody else may have settled it since it was listed.
    if (result?.state !== 'waiting' && result?.parkedFor !== 'unknown-exam') return
    await settleDemand({ ...tools, db: tx }, { result, actor: 'blazon' })
  })
  await issueBadge(tools, { source, resultId, actor: 'blazon' })
}
