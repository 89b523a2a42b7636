import { check } from '../credentials/check.ts'
import { writeAssertion } from '../credentials/open-badges-2.ts'
import { writeCredential } from '../credentials/open-badges-3.ts'
import type { Badge, Credential } from '../domain/badge.ts'
import { signDataIntegrity } from '../signing/data-integrity.ts'
import { writeAudit } from '../storage/audit.ts'
import { changeBadge, findLiveBadge, lockLiveBadge } from '../storage/badges.ts'
import { findCredential, keepDataIntegrity } from '../storage/credentials.ts'
import { inTransaction } from '../storage/database.ts'
import { findResult, lockResult, settleResult } from '../storage/results.ts'
import type { Actor, Tools } from './tools.ts'

type Of = { source: string; resultId: string; actor: Actor }

/**
 * Signs what was reserved for a result and keeps the bytes: write, check, sign, keep. Safe to run again after a crash at any
 * step, and by two processes at once: ids and time are on record, Ed25519 repeats, and the first kept bytes win.
 */
export async function issueBadge(tools: Tools, { source, resultId, actor }: Of): Promise<void> {
  const badge = await findLiveBadge(tools.db, source, resultId)
  if (!badge || badge.issuedAt) return
  const credential = await findCredential(tools.db, { badge_id: badge.id })
  if (!credential) throw new Error(`badge ${badge.id} has no credential`)
  const bytes = await signedCredential(tools, badge, credential)
  await inTransaction(tools.db, async (tx) => {
    await lockResult(tx, source, resultId)
    await lockLiveBadge(tx, source, resultId)
    const present = await findLiveBadge(tx, source, resultId)
    if (present?.id !== badge.id || present.issuedAt) return
    await keepDataIntegrity(tx, credential.id, bytes)
    const at = tools.now()
    await changeBadge(tx, badge.id, { issuedAt: at })
    const result = await findResult(tx, source, resultId)
    if (result?.state === 'waiting') await settleResult(tx, result, { state: 'issued' })
    await writeAudit(tx, { at, actor, action: 'badge.issued', subject: badge.id })
  })
}

async function signedCredential(tools: Tools, badge: Badge, credential: Credential) {
  const { addresses, keyring } = tools
  const version = await tools.programmes.at(badge.programmeVersion)
  if (!version) throw new Error(`programme version ${badge.programmeVersion} is not on record`)
  check('assertion', writeAssertion(badge, { form: 'hosted' }, addresses))
  const document = check(
    'credential',
    writeCredential(badge, credential, version.programme, addresses),
  )
  return signDataIntegrity(keyring, document, {
    created: credential.reservedAt,
    verificationMethod: addresses.verificationMethod(keyring.active('Ed25519')),
  })
}
