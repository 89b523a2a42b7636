import { hashSecret } from '../../access/api-keys.ts'
import type { Scope } from '../../domain/work/api-key.ts'
import { keepApiKey } from '../../storage/api-keys.ts'
import { writeAudit } from '../../storage/audit.ts'
import type { Tools, TxTools } from '../tools/tools.ts'
import { transaction } from '../tools/transaction.ts'

type Needs = Pick<Tools, 'db' | 'random' | 'now'>
type TxNeeds = Pick<TxTools, 'db' | 'random' | 'now'>
type Wish = { name: string; scopes: Scope[]; expiresAt?: string }

/** Makes an API key and answers it. It is shown only this once, since only its hash is stored. */
export async function createApiKey(tools: Needs, wish: Wish): Promise<string> {
  return transaction(tools, async (tools) => (await makeKey(tools, wish)).key)
}

/** The same in the transaction that `db` is; answers its public id, too. */
export async function makeKey(
  { db, random, now }: TxNeeds,
  { name, scopes, expiresAt }: Wish,
): Promise<{ id: string; key: string }> {
  const id = Buffer.from(random(6)).toString('hex')
  const key = `blazon_${id}_${Buffer.from(random(32)).toString('hex')}`
  const at = now()
  await keepApiKey(db, {
    id,
    name,
    hash: hashSecret(key),
    scopes,
    createdAt: at,
    expiresAt: expiresAt ?? null,
    revokedAt: null,
    lastUsedOn: null,
  })
  await writeAudit(db, {
    at,
    actor: 'command-line',
    action: 'api-key.created',
    subject: id,
    details: { scopes, ...(expiresAt && { expiresAt }) },
  })
  return { id, key }
}
