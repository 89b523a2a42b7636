import { logFailure } from '../support/log-failure.ts'
import type { Actor, Tools, TxTools } from '../tools/tools.ts'
import { type Issued, issueBadge, keepIssued } from './issue-badge.ts'
import type { Reserved } from './reserve-badge.ts'
import { signCredential } from './sign-credential.ts'

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
      logUnsigned(tools, error, badge)
    }
  return issued
}

/**
 * The same in the transaction that reserved them, which `tools.db` is and which holds the person's lock: one commit
 * keeps the result, its badge and the signed bytes.
 */
export async function signAtOnce(tools: TxTools, toSign: ToSign, actor: Actor): Promise<Issued[]> {
  const issued: Issued[] = []
  for (const { badge, credential } of toSign) {
    const signed = await signCredential(tools, badge, credential).catch((error: unknown) =>
      logUnsigned(tools, error, badge),
    )
    const done = signed && (await keepIssued(tools, { badge, credential, actor, ...signed }))
    if (done) issued.push(done)
  }
  return issued
}

function logUnsigned({ log }: Pick<Tools, 'log'>, error: unknown, { source }: Reserved['badge']) {
  logFailure(log, error, { source }, 'a badge could not be signed and waits')
}
