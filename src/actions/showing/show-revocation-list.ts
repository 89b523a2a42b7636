import { check } from '../../credentials/check.ts'
import { writeRevocationList } from '../../credentials/open-badges-2.ts'
import { write1EdTechRevocationList } from '../../credentials/status-lists.ts'
import type { RevocationClass } from '../../domain/badge/badge.ts'
import {
  findRevokedAssertions,
  findRevokedCredentials,
} from '../../storage/badges/revoked-credentials.ts'
import { countChanges } from '../../storage/badges/status-lists.ts'
import { yieldToEventLoop } from '../support/yield-to-event-loop.ts'
import type { Tools } from '../tools/tools.ts'

/** How many entries of a list are read and written before other work gets a turn. */
export const revocationPage = 1000

/** The texts of revocation lists by address, cached until another badge is revoked. */
export type RevocationLists = Map<string, { changes: number; text: Promise<string> }>

type Needs = Tools & { revocationLists: RevocationLists }
type Revoked = { id: string; revokedClass: RevocationClass }
type Page = { after: string; limit: number }

/** The revoked assertions that one RSA key signed, as JSON; undefined if there is no such key. */
export async function showRevocationList(tools: Needs, key: string): Promise<string | undefined> {
  const { db, keyring, addresses } = tools
  if (!keyring.rsaKeys.includes(key)) return undefined
  return kept(tools, addresses.ob2Revocations(key), async () =>
    writeList(
      await readList((page) => findRevokedAssertions(db, key, page)),
      'revokedAssertions',
      (some) => check('revocation-list', writeRevocationList(key, some, addresses)),
    ),
  )
}

/** 1EdTech's own revocation list, for badges with that status method, as JSON. */
export function show1EdTechRevocationList(tools: Needs): Promise<string> {
  const { db, addresses } = tools
  return kept(tools, addresses.statusList('revoked'), async () =>
    writeList(
      await readList((page) => findRevokedCredentials(db, page)),
      'revokedCredential',
      (some) => write1EdTechRevocationList(some, addresses),
    ),
  )
}

/** The cached text of a list, or a new one if anything was revoked since. */
async function kept(
  { db, revocationLists }: Needs,
  address: string,
  make: () => Promise<string>,
): Promise<string> {
  // Counted before the list is read: a revocation meanwhile makes the next answer new, whether this list has it or not.
  const changes = await countChanges(db)
  const last = revocationLists.get(address)
  if (last?.changes === changes) return last.text
  const text = make()
  revocationLists.set(address, { changes, text })
  text.catch(() => revocationLists.delete(address))
  return text
}

async function readList(read: (page: Page) => Promise<Revoked[]>): Promise<Revoked[]> {
  const all: Revoked[] = []
  for (;;) {
    const page = await read({ after: all.at(-1)?.id ?? '', limit: revocationPage })
    all.push(...page)
    if (page.length < revocationPage) return all
    await yieldToEventLoop()
  }
}

/**
 * The JSON of a document whose last field is a long list, as JSON.stringify writes it, with turns for other work in
 * between.
 */
async function writeList<Field extends string>(
  all: Revoked[],
  field: Field,
  write: (some: Revoked[]) => Record<Field, unknown[]>,
): Promise<string> {
  const parts: string[] = []
  for (let at = 0; at < all.length; ) {
    // A list of one entry is written as two entries (conformance 4.5), so only a whole list may have one.
    const end = all.length - at === revocationPage + 1 ? all.length : at + revocationPage
    parts.push(JSON.stringify(write(all.slice(at, end))[field]).slice(1, -1))
    at = end
    await yieldToEventLoop()
  }
  return `${JSON.stringify(write([])).slice(0, -2)}${parts.join()}]}`
}
