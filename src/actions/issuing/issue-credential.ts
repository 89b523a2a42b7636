import type { Badge } from '../../domain/badge/badge.ts'
import { addCredentials } from '../../storage/badges/credentials.ts'
import type { TxTools } from '../tools/tools.ts'
import { newCredential, newPlace, type Variant } from './reserve-badge.ts'
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
  const place = await newPlace(tools)
  const credential = newCredential(tools, badge.id, { ...variant, ...place })
  const signed = await signCredential(tools, badge, credential)
  await addCredentials(tools.db, [{ credential, signed }])
}
