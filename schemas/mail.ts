import { type Static, Type } from './type.ts'

/** One mail about a badge, for operators. */
export const MailDelivery = Type.Object(
  {
    kind: Type.String({ description: 'What it is about: earned, claim-3, expires-90, revoked …' }),
    email: Type.Union([Type.String(), Type.Null()], {
      description: 'The recipient; null if the mail went to no address.',
    }),
    state: Type.Enum(['sent', 'failed', 'bounced', 'skipped'], {
      description:
        'sent: the mail server accepted it. failed: it is tried again. bounced: refused permanently. skipped: it was no longer due.',
    }),
    messageId: Type.String(),
    at: Type.String({ format: 'date-time' }),
    answer: Type.String({ description: 'The mail server’s answer, or why no mail was sent.' }),
    bouncedAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
  },
  { title: 'MailDelivery' },
)
export type MailDelivery = Static<typeof MailDelivery>

export const MailList = Type.Object({ mails: Type.Array(MailDelivery) }, { title: 'MailList' })
export type MailList = Static<typeof MailList>

/** Which mail to send once more. The answer to an unknown kind lists all kinds. */
export const MailWish = Type.Object(
  { kind: Type.String({ minLength: 1, maxLength: 32 }) },
  { additionalProperties: false, title: 'MailWish' },
)
export type MailWish = Static<typeof MailWish>

export const MailPlanned = Type.Object(
  { kind: Type.String(), state: Type.Enum(['planned']) },
  { title: 'MailPlanned' },
)
export type MailPlanned = Static<typeof MailPlanned>

/** What a mail server reported about a mail after accepting it. */
export const Bounce = Type.Object(
  {
    messageId: Type.String({
      pattern: '^<?[^<>\\s]{1,250}>?$',
      description: 'The Message-ID of the mail that was sent, with or without angle brackets.',
    }),
    status: Type.String({
      pattern: '^[245]\\.\\d{1,3}\\.\\d{1,3}$',
      description: 'An enhanced status code (RFC 3463), such as 5.1.1.',
    }),
  },
  { additionalProperties: false, title: 'Bounce' },
)
export type Bounce = Static<typeof Bounce>

export const BounceAnswer = Type.Object(
  { outcome: Type.Enum(['bounced', 'delayed', 'delivered']) },
  { title: 'BounceAnswer' },
)
export type BounceAnswer = Static<typeof BounceAnswer>
