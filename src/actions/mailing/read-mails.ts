import type { MailDelivery, MailList } from '../../../schemas/mail.ts'
import type { Delivery } from '../../domain/holders/mail.ts'
import { shownEmail } from '../../domain/people/mail-address.ts'
import { listDeliveries } from '../../storage/mails/mails.ts'
import { readBadge } from '../support/read-badge.ts'
import type { Actor, Tools } from '../tools/tools.ts'

/**
 * The mails about a badge and their outcomes, oldest first, for an operator; the audit log records the access. Throws
 * `not-found`.
 */
export async function readMails(
  tools: Pick<Tools, 'db' | 'addresses' | 'now'>,
  { id, actor }: { id: string; actor: Actor },
): Promise<MailList> {
  await readBadge(tools, { id, actor })
  return { mails: (await listDeliveries(tools.db, { badgeId: id })).map(toAnswer) }
}

function toAnswer(delivery: Delivery): MailDelivery {
  const { kind, email, state, messageId, at, answer, bouncedAt } = delivery
  const shown = email === null ? null : shownEmail(email)
  return { kind, email: shown, state, messageId, at, answer, bouncedAt }
}
