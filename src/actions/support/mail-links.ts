import { type LinkPurpose, linkLives, type MailLink } from '../../domain/people/account.ts'
import { normalEmail } from '../../domain/people/mail-address.ts'
import { instantAfter } from '../../domain/work/job.ts'
import { newSecret, secretHash } from '../../domain/work/secret.ts'
import { findMailLink, keepMailLink, spendMailLink } from '../../storage/mails/mail-links.ts'
import type { Tools } from '../tools/tools.ts'

type Wanted = {
  purpose: LinkPurpose
  email: string
  badgeId?: string
  /** Who adds the address that the link proves. */
  accountId?: string
}

/** Makes a link to mail to somebody: its address, which is on record by its hash alone, and when it runs out. */
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

/** A mailed link as it was found: it can be spent, it was or ran out, or nobody made it. */
export type FoundLink = { state: 'open' | 'over'; link: MailLink } | { state: 'unknown' }

/** Looks at a link without spending it: mail scanners follow links, too. */
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

/** Spends a link, once, inside the transaction that `db` is. Answers nothing when it cannot be spent. */
export async function spendLink(
  { db, now }: Pick<Tools, 'db' | 'now'>,
  purpose: LinkPurpose,
  secret: string,
): Promise<MailLink | undefined> {
  const hash = secretHash(secret)
  const link = await findMailLink(db, hash, purpose)
  return link && (await spendMailLink(db, hash, now())) ? link : undefined
}
