import { type ApiKey, keyState } from '../../domain/work/api-key.ts'
import { Problem } from '../../problem.ts'
import { findApiKey, listApiKeys, revokeApiKey } from '../../storage/api-keys.ts'
import { writeAudit } from '../../storage/audit.ts'
import { inTransaction } from '../../storage/database.ts'
import type { Tools, TxTools } from '../tools/tools.ts'
import { transaction } from '../tools/transaction.ts'
import { makeKey } from './create-api-key.ts'

type Needs = Pick<Tools, 'db' | 'random' | 'now'>

/**
 * The one unrevoked API key with a name or a public id. Throws `not-found`, and `conflict`, with their ids, when
 * several have the name.
 */
export async function findKeyToEnd({ db }: Pick<Needs, 'db'>, name: string): Promise<ApiKey> {
  const left = (await listApiKeys(db)).filter(({ revokedAt }) => revokedAt === null)
  const found = left.filter((key) => key.id === name)
  const named = found.length > 0 ? found : left.filter((key) => key.name === name)
  const [key] = named
  if (!key)
    throw new Problem(
      'not-found/no-such-api-key',
      `There is no unrevoked API key ${name}. List all of them: npm run api-key -- list`,
    )
  if (named.length > 1)
    throw new Problem(
      'conflict/api-key-ambiguous',
      `${named.length} API keys are called ${name}. Give the id of one instead: ${named.map(({ id }) => id).join(', ')}.`,
    )
  return key
}

/** Revokes an API key permanently, at once in every process. Repeating it changes nothing. */
export async function endApiKey({ db, now }: Pick<Needs, 'db' | 'now'>, id: string): Promise<void> {
  await inTransaction(db, (tx) => end({ db: tx, now }, id))
}

/**
 * Replaces a key by a new one with the same name and scopes; the old one stops at once. The new one expires after the
 * term of the old one, or at `expiresAt`. Throws `conflict` when the old one was revoked meanwhile.
 */
export async function rotateApiKey(
  tools: Needs,
  { id, expiresAt }: { id: string; expiresAt?: string | undefined },
): Promise<string> {
  return transaction(tools, async (tools) => {
    const { db } = tools
    const ended = await end(tools, id)
    const before = await findApiKey(db, id)
    if (!ended || !before)
      throw new Problem(
        'conflict/api-key-revoked',
        `The API key ${id} was revoked already; make another one.`,
      )
    const until = expiresAt ?? sameTerm(before, tools.now())
    const { name, scopes } = before
    const made = await makeKey(tools, { name, scopes, ...(until && { expiresAt: until }) })
    await writeAudit(db, {
      at: tools.now(),
      actor: 'command-line',
      action: 'api-key.rotated',
      subject: id,
      details: { by: made.id },
    })
    return made.key
  })
}

async function end({ db, now }: Pick<TxTools, 'db' | 'now'>, id: string): Promise<boolean> {
  const at = now()
  if (!(await revokeApiKey(db, id, at))) return false
  await writeAudit(db, { at, actor: 'command-line', action: 'api-key.revoked', subject: id })
  return true
}

function sameTerm({ createdAt, expiresAt }: ApiKey, now: string): string | undefined {
  if (expiresAt === null) return undefined
  const term = Temporal.Instant.from(createdAt).until(expiresAt)
  return Temporal.Instant.from(now).add(term).toString({ fractionalSecondDigits: 3 })
}

/** All API keys with their state, oldest first. */
export async function readApiKeys({ db, now }: Pick<Needs, 'db' | 'now'>) {
  return (await listApiKeys(db)).map((key) => ({ ...key, state: keyState(key, now()) }))
}
