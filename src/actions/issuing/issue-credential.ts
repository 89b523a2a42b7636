import type { Badge } from '../../domain/badge/badge.ts'
import { addCredential } from '../../storage/badges/credentials.ts'
import type { TxTools } from '../tools/tools.ts'
import { newCredential, type Variant } from './reserve-badge.ts'
import { signCredential } from './sign-credential.ts'

/**
 * Issues one credential of an issued badge, in the transaction that `tools.db` is, which holds the badge's lock: own
 * ids and place, checked, signed, on record. Nothing of it is visible before the commit.
 */
export async function issueCredential(
  tools: TxTools,
  badge: Badge,
  variant: Variant,
): Promise<void> {
  const credential = await newCredential(tools, badge.id, variant)
  const { bytes, key } = await signCredential(tools, badge, credential)
  await addCredential(tools.db, { ...credential, dataIntegrity: bytes }, key)
}
