import type { Actor, Tools } from '../tools/tools.ts'
import { issueBadge } from './issue-badge.ts'

/** Results of a person with a badge to sign now. */
export type ToSign = { source: string; resultId: string; isNew: boolean }[]

/** Signs reserved badges. A badge that cannot be signed waits on record, and is tried again later. */
export async function signBadges(tools: Tools, toSign: ToSign, actor: Actor): Promise<void> {
  for (const { source, resultId } of toSign)
    try {
      await issueBadge(tools, { source, resultId, actor })
    } catch (error) {
      tools.log.warn({ source, err: error }, 'a badge could not be signed and waits')
    }
}
