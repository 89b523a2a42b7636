import type { Result } from '../../domain/rules/result.ts'
import { logFailure } from '../support/log-failure.ts'
import type { Actor, Tools, TxTools } from '../tools/tools.ts'
import { type Issued, issueBadge, keepIssued, keepMinted } from './issue-badge.ts'
import { keepReserved, type Reserved } from './reserve-badge.ts'
import { signCredential } from './sign-credential.ts'

/**
 * The reserved badges of a person. `isNew` if this transaction reserved it; `issued` if it was signed at once, else it is
 * to be signed.
 */
export type Mints = (Reserved & { isNew: boolean; issued?: Issued | undefined })[]

/**
 * Signs the badges that the transaction which reserved them did not, and answers all that are issued. Called after the
 * commit. If signing fails, the badge waits for a later try.
 */
export async function signBadges(tools: Tools, mints: Mints, actor: Actor): Promise<Issued[]> {
  const all: Issued[] = []
  for (const { badge, credential, issued } of mints)
    try {
      const done = issued ?? (await issueBadge(tools, { badge, credential, actor }))
      if (!done) continue
      tools.metrics.minted()
      all.push(done)
    } catch (error) {
      logUnsigned(tools, error, badge)
    }
  return all
}

/**
 * Signs a new badge in the transaction that reserves it, which `tools.db` is and which holds the person's lock: one
 * commit keeps the result, its badge and the signed bytes. If signing fails, the badge is kept as reserved, and waits.
 */
export async function mint(
  tools: TxTools,
  reserved: Reserved,
  { result, actor }: { result: Result; actor: Actor },
): Promise<Issued | undefined> {
  const signed = await trySigning(tools, reserved)
  if (signed) return keepMinted(tools, { ...reserved, signed, result, actor })
  await keepReserved(tools, reserved)
  return undefined
}

/** Signs, in such a transaction, the badges that were on record as reserved; answers all that are issued. */
export async function signAtOnce(tools: TxTools, mints: Mints, actor: Actor): Promise<Issued[]> {
  const all: Issued[] = []
  for (const { badge, credential, issued } of mints) {
    const done = issued ?? (await signReserved(tools, { badge, credential }, actor))
    if (done) all.push(done)
  }
  return all
}

async function signReserved(tools: TxTools, reserved: Reserved, actor: Actor) {
  const signed = await trySigning(tools, reserved)
  return signed && keepIssued(tools, { ...reserved, signed, actor })
}

function trySigning(tools: TxTools, { badge, credential }: Reserved) {
  return signCredential(tools, badge, credential).catch((error: unknown) =>
    logUnsigned(tools, error, badge),
  )
}

function logUnsigned({ log }: Pick<Tools, 'log'>, error: unknown, { source }: Reserved['badge']) {
  logFailure(log, error, { source }, 'a badge could not be signed and waits')
}
