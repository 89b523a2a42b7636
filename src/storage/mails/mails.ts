import type { Delivery } from '../../domain/holders/mail.ts'
import type { Db, Tx } from '../database.ts'

const columns = [
  'badge_id',
  'account_id',
  'kind',
  'email',
  'state',
  'message_id',
  'at',
  'answer',
  'bounced_at',
] as const

type Row = {
  badge_id: string | null
  account_id: string | null
  kind: Delivery['kind']
  email: string | null
  state: Delivery['state']
  message_id: string
  at: string
  answer: string
  bounced_at: string | null
}

function toDelivery(row: Row): Delivery {
  return {
    badgeId: row.badge_id,
    accountId: row.account_id,
    kind: row.kind,
    email: row.email,
    state: row.state,
    messageId: row.message_id,
    at: row.at,
    answer: row.answer,
    bouncedAt: row.bounced_at,
  }
}

/** Stores the outcome of a mail, by its Message-ID. A sent or bounced one stays unchanged. */
export async function keepDelivery(db: Db, delivery: Delivery): Promise<void> {
  await db
    .insertInto('mail')
    .values({
      badge_id: delivery.badgeId,
      account_id: delivery.accountId,
      kind: delivery.kind,
      email: delivery.email,
      state: delivery.state,
      message_id: delivery.messageId,
      at: delivery.at,
      answer: delivery.answer,
      bounced_at: delivery.bouncedAt,
    })
    .onConflict((conflict) =>
      conflict
        .column('message_id')
        .doUpdateSet((row) => ({
          state: row.ref('excluded.state'),
          at: row.ref('excluded.at'),
          answer: row.ref('excluded.answer'),
          bounced_at: row.ref('excluded.bounced_at'),
        }))
        .where('mail.state', 'in', ['failed', 'skipped']),
    )
    .execute()
}

/** The mail with a Message-ID, which includes its angle brackets. */
export async function findDelivery(db: Db, messageId: string): Promise<Delivery | undefined> {
  const row = await db
    .selectFrom('mail')
    .select(columns)
    .where('message_id', '=', messageId)
    .executeTakeFirst()
  return row && toDelivery(row)
}

/** The mails about a badge, or to an account, oldest first. */
export async function listDeliveries(
  db: Db,
  of: { badgeId: string } | { accountId: string },
): Promise<Delivery[]> {
  const rows = await db
    .selectFrom('mail')
    .select(columns)
    .where((is) =>
      'badgeId' in of ? is('badge_id', '=', of.badgeId) : is('account_id', '=', of.accountId),
    )
    .orderBy('at')
    .orderBy('message_id')
    .execute()
  return rows.map(toDelivery)
}

/** Records what a mail server reported after accepting a mail; permanent if it bounced. */
export async function noteBounce(
  db: Db,
  messageId: string,
  { answer, bouncedAt }: Pick<Delivery, 'answer' | 'bouncedAt'>,
): Promise<void> {
  await db
    .updateTable('mail')
    .set({ answer, ...(bouncedAt && { state: 'bounced' as const, bounced_at: bouncedAt }) })
    .where('message_id', '=', messageId)
    .execute()
}

/** Deletes the mails about a badge, to an account, or to addresses. Answers their Message-IDs. */
export async function eraseMails(
  db: Tx,
  of: { badgeId: string } | { accountId: string } | { emails: string[] },
): Promise<string[]> {
  if ('emails' in of && of.emails.length === 0) return []
  const rows = await db
    .deleteFrom('mail')
    .where((is) => {
      if ('badgeId' in of) return is('badge_id', '=', of.badgeId)
      return 'emails' in of ? is('email', 'in', of.emails) : is('account_id', '=', of.accountId)
    })
    .returning('message_id')
    .execute()
  return rows.map(({ message_id }) => message_id)
}
