import { hashSecret } from '../access/api-keys.ts'
import type { Scope } from '../domain/api-key.ts'
import { keepApiKey } from '../storage/api-keys.ts'
import { writeAudit } from '../storage/audit.ts'
import { inTransaction } from '../storage/database.ts'
import type { Tools } from './tools.ts'

/** Makes an API key and answers it: the only time that it is shown, since only its hash is kept. */
export async function createApiKey(
  { db, random, now }: Pick<Tools, 'db' | 'random' | 'now'>,
  { name, scopes }: { name: string; scopes: Scope[] },
): Promise<string> {
  const id = Buffer.from(random(6)).toString('hex')
  const key = `blazon_${id}_${Buffer.from(random(32)).toString('hex')}`
  await inTransaction(db, async (tx) => {
    await keepApiKey(tx, { id, name, hash: hashSecret(key), scopes, createdAt: now() })
    await writeAudit(tx, {
      at: now(),
      actor: 'command-line',
      action: 'api-key.created',
      subject: id,
      details: { scopes },
    })
  })
  return key
}
