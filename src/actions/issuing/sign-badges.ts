import type { Actor, Tools } from '../tools/tools.ts'
import { issueBadge } from './issue-badge.ts'

/** Results of a person that have a badge to sign now. */
export type ToSign = { source: string; resultId: string; isNew: boolean }[]

/** Signs what was reserved. Signing may fail while everything is safe; then the badge waits, and is taken up again. */
export async function signBadges(tools: Tools, toSign: ToSign, actor: Actor): Promise<void> {
  for (const { source, resultId } of toSign)
    try {
      await issueBadge(tools, { source, resultId, actor })
    } catch (error) {
      tools.log.warn({ source, err: error }, 'a badge could not be signed and waits')
    }
}
