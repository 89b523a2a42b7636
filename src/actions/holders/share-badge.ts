import { mostShareLinks, type ShareLink } from '../../domain/badge/share-link.ts'
import { ownerActor } from '../../domain/people/account.ts'
import { uuid } from '../../domain/work/random-ids.ts'
import { newSecret } from '../../domain/work/secret.ts'
import { Problem } from '../../problem.ts'
import { writeAudit } from '../../storage/audit.ts'
import { dropShareLink, keepShareLink, listShareLinks } from '../../storage/badges/share-links.ts'
import { changeBadge } from '../support/change-badge.ts'
import { lockHolderBadge } from '../support/holder-badge.ts'
import type { Tools } from '../tools/tools.ts'
import { transaction } from '../tools/transaction.ts'

type Own = { accountId: string; badgeId: string }
type Wanted = Pick<
  ShareLink,
  'label' | 'withName' | 'withFiles' | 'withCertificate' | 'expiresAt' | 'viewLimit'
>

/**
 * Makes a link that shows a badge to anyone who has it; a private badge becomes visible by link. The address is
 * answered once and stored nowhere. Throws `not-found`, and `conflict` when the badge is unclaimed or has the maximum
 * of links.
 */
export async function shareBadge(
  tools: Tools,
  { accountId, badgeId, wanted }: Own & { wanted: Wanted },
): Promise<{ link: ShareLink; url: string }> {
  const { secret, hash } = newSecret(tools.random)
  return transaction(tools, async (tools) => {
    const { db } = tools
    const badge = await lockHolderBadge(db, { accountId, badgeId })
    if (badge.claimedAt === null)
      throw new Problem(
        'conflict/badge-not-claimed',
        'Claim the badge first; then you can share it.',
        [],
        {
          word: 'problem.share-first',
        },
      )
    const at = tools.now()
    const links = await listShareLinks(db, [badgeId])
    if (links.length >= mostShareLinks)
      throw new Problem(
        'conflict/too-many-share-links',
        `This badge has ${mostShareLinks} links already. Revoke one that you no longer need.`,
        [],
        { word: 'problem.share-most', values: { most: mostShareLinks } },
      )
    const link: ShareLink = {
      ...wanted,
      id: uuid(tools.random),
      badgeId,
      views: 0,
      createdAt: at,
      seenAt: null,
    }
    await keepShareLink(db, hash, link)
    if (badge.visibility === 'private') await changeBadge(db, badgeId, { visibility: 'link' })
    await writeAudit(db, {
      at,
      actor: ownerActor(accountId),
      action: 'badge.shared',
      subject: badgeId,
      details: { link: link.id },
    })
    return { link, url: tools.addresses.shareLink(badge.slug, secret) }
  })
}

/** Revokes a share link. Throws `not-found`. */
export async function unshareBadge(
  tools: Tools,
  { accountId, badgeId, linkId }: Own & { linkId: string },
): Promise<void> {
  await transaction(tools, async (tools) => {
    const { db } = tools
    await lockHolderBadge(db, { accountId, badgeId })
    if (!(await dropShareLink(db, badgeId, linkId)))
      throw new Problem('not-found/share-link-revoked', 'This link was revoked already.')
    await writeAudit(db, {
      at: tools.now(),
      actor: ownerActor(accountId),
      action: 'badge.unshared',
      subject: badgeId,
      details: { link: linkId },
    })
  })
}
