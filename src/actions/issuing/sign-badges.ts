import { logFailure } from '../support/log-failure.ts'
import type { Actor, Tools } from '../tools/tools.ts'
import { type Issued, issueBadge } from './issue-badge.ts'
import type { Reserved } from './reserve-badge.ts'

/** The reserved badges of a person that must be signed now. `isNew` if this transaction reserved it. */
export type ToSign = (Reserved & { isNew: boolean })[]

/** Signs reserved badges, and answers those that it issued. If signing fails, the badge waits for a later try. */
export async function signBadges(tools: Tools, toSign: ToSign, actor: Actor): Promise<Issued[]> {
  const issued: Issued[] = []
  for (const { badge, credential } of toSign)
    try {
      const done = await issueBadge(tools, { badge, credential, actor })
      if (done) issued.push(done)
    } catch (error) {
      logFailure(
        tools.log,
        error,
        { source: badge.source },
        'a badge could not be signed and waits',
      )
    }
  return issued
}
