import { normalEmail } from '../../domain/people/mail-address.ts'
import { type LinkPurpose, linkLives, type MailLink } from '../../domain/people/mail-link.ts'
import { instantAfter } from '../../domain/work/job.ts'
import { newSecret, secretHash } from '../../domain/work/secret.ts'
import { findMailLink, keepMailLink, spendMailLink } from '../../storage/mails/mail-links.ts'
import type { Tools } from '../tools/tools.ts'

type Wanted = {
  purpose: LinkPurpose
  email: string
  badgeId?: string
  /** The account that adds the address. */
  accountId?: string
}

/** Makes a link to mail: its address, of which only a hash is stored, and when it expires. */
export async function makeMailLink(
  { db, addresses, random, now }: Pick<Tools, 'db' | 'addresses' | 'random' | 'now'>,
  { purpose, email, badgeId, accountId }: Wanted,
): Promise<{ url: string; expiresAt: string }> {
  const { secret, hash } = newSecret(random)
  const expiresAt = instantAfter(now(), linkLives[purpose])
  await keepMailLink(db, hash, {
    purpose,
    email: normalEmail(email),
    badgeId: badgeId ?? null,
    accountId: accountId ?? null,
    createdAt: now(),
    expiresAt,
    spentAt: null,
  })
  return { url: addresses.mailLink(purpose, secret), expiresAt }
}

/** A link as found: usable (`open`), used or expired (`over`), or never made (`unknown`). */
export type FoundLink = { state: 'open' | 'over'; link: MailLink } | { state: 'unknown' }

/** Finds a link without using it up: mail scanners follow links, too. */
export async function findLink(
  { db, now }: Pick<Tools, 'db' | 'now'>,
  purpose: LinkPurpose,
  secret: string,
): Promise<FoundLink> {
  const link = await findMailLink(db, secretHash(secret), purpose)
  if (!link) return { state: 'unknown' }
  const open = link.spentAt === null && Date.parse(link.expiresAt) > Date.parse(now())
  return { state: open ? 'open' : 'over', link }
}

/** Uses a link up, in the transaction that `db` is. Undefined if it cannot be used. */
export async function spendLink(
  { db, now }: Pick<Tools, 'db' | 'now'>,
  purpose: LinkPurpose,
  secret: string,
): Promise<MailLink | undefined> {
  const hash = secretHash(secret)
  const link = await findMailLink(db, hash, purpose)
  return link && (await spendMailLink(db, hash, now())) ? link : undefined
}
