import { Problem } from '../../problem.ts'
import { findBadge, lockBadge } from '../../storage/badges/badges.ts'
import { findBadgesOnKey, moveHosted } from '../../storage/badges/badges-on-keys.ts'
import { findResult } from '../../storage/results/results.ts'
import { lockPeople } from '../support/lock-people.ts'
import { yieldToEventLoop } from '../support/yield-to-event-loop.ts'
import type { Tools } from '../tools/tools.ts'
import { transaction } from '../tools/transaction.ts'
import { reissue } from './reissue-badge.ts'

const batch = 100

/**
 * Reissues every live badge that depends on a withdrawn key, one transaction each. A reissued badge depends on it no
 * more, so this can be interrupted and repeated. Answers how many it reissued. Throws `unavailable` if this process
 * does not know the key as withdrawn.
 */
export async function reissueWithdrawn(
  tools: Tools,
  key: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<number> {
  if (!tools.keyring.withdrawn.includes(key))
    throw new Problem(
      'unavailable/key-not-withdrawn-here',
      `This process does not have ${key} as compromised in its key ring: give every process the same KEYS_DIR.`,
    )
  let count = 0
  for (let after = ''; ; ) {
    const ids = await findBadgesOnKey(tools.db, key, { after, limit: batch })
    for (const id of ids) {
      await yieldToEventLoop()
      signal?.throwIfAborted()
      count += await reissueOne(tools, id)
    }
    if (ids.length < batch) return count
    after = ids.at(-1) ?? ''
  }
}

async function reissueOne(tools: Tools, id: string): Promise<0 | 1> {
  return transaction(tools, async (tools) => {
    const { db } = tools
    const found = await findBadge(db, id)
    if (!found) return 0
    await lockPeople(tools, [{ source: found.source, id: found.candidateId }])
    const badge = await lockBadge(db, id)
    if (!badge || badge.revokedAt) return 0
    // A badge that is only reserved has no signature yet, and will be signed with the active key.
    if (!badge.issuedAt) {
      await moveHosted(db, id, tools.keyring.active('RS256'))
      return 0
    }
    const result = await findResult(db, badge.source, badge.resultId)
    if (!result) throw new Error(`the result of badge ${id} is not on record`)
    const { email } = result.message.candidate
    await reissue(tools, { badge, facts: {}, email, actor: 'blazon' })
    return 1
  })
}
