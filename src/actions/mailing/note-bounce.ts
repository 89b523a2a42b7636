import type { Bounce, BounceAnswer } from '../../../schemas/mail.ts'
import { outcomeOf, type Report, readReport, reportWords } from '../../domain/holders/bounce.ts'
import type { Delivery } from '../../domain/holders/mail.ts'
import { Problem } from '../../problem.ts'
import { writeAudit } from '../../storage/audit.ts'
import { type Db, inTransaction } from '../../storage/database.ts'
import { findDelivery, noteBounce } from '../../storage/mails/mails.ts'
import type { Actor, Tools } from '../tools/tools.ts'

type Needs = Pick<Tools, 'db' | 'now'>

/**
 * Records a delivery status notification, as the mail server sent it. Throws `malformed` for anything else, and
 * `not-found`.
 */
export async function noteNotification(
  tools: Needs,
  { text, actor }: { text: string; actor: Actor },
): Promise<BounceAnswer> {
  const report = readReport(text)
  if (report) return note(tools, report, actor)
  throw new Problem(
    'malformed/not-a-delivery-status',
    'This is not a delivery status notification (RFC 3464): it has no part message/delivery-status with a Status. Send the whole returned mail, unchanged.',
  )
}

/** Records a bounce that the caller knows of in another way. Throws `not-found`. */
export async function noteStatus(
  tools: Needs,
  { messageId, status }: Bounce,
  actor: Actor,
): Promise<BounceAnswer> {
  const messageIds = [`<${messageId.replace(/^<|>$/g, '')}>`]
  return note(tools, { messageIds, status, words: reportWords(status) }, actor)
}

/** A bounced mail stays bounced, whatever is reported later; a delay is recorded. */
async function note({ db, now }: Needs, { messageIds, status, words }: Report, actor: Actor) {
  const outcome = outcomeOf(status)
  await inTransaction(db, async (tx) => {
    const delivery = await findFirst(tx, messageIds)
    if (delivery.state === 'bounced' || outcome === 'delivered') return
    const at = now()
    await noteBounce(tx, delivery.messageId, {
      answer: words,
      bouncedAt: outcome === 'bounced' ? at : null,
    })
    await writeAudit(tx, {
      at,
      actor,
      action: `mail.${outcome}`,
      subject: delivery.badgeId ?? delivery.messageId,
      details: { kind: delivery.kind, status },
    })
  })
  return { outcome }
}

async function findFirst(db: Db, messageIds: string[]): Promise<Delivery> {
  for (const messageId of messageIds) {
    const delivery = await findDelivery(db, messageId)
    if (delivery) return delivery
  }
  throw new Problem('not-found/no-such-mail', 'No mail of this Blazon has the Message-ID.')
}
