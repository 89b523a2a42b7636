import type { LinkMailKind } from '../domain/holders/mail.ts'
import { shownEmail } from '../domain/people/mail-address.ts'
import type { Words } from '../words/words.ts'
import { frame, type MailText, type Sender } from './frame.ts'

/** The facts of a mail with a link that its recipient asked for. */
export type LinkMail = { kind: LinkMailKind; email: string; url: string; sender: Sender }

/** A mail with a link that signs in, or proves an address. It names no person: a stranger may have asked for it. */
export function linkMail(words: Words, { kind, email, url, sender }: LinkMail): MailText {
  return frame(words, {
    subject: words.say(`mail.${kind}.subject`, { issuer: sender.name }),
    lead: words.say(`mail.${kind}.lead`),
    detail: words.say(`mail.${kind}.detail`),
    button: { label: words.say(`mail.${kind}.button`), url },
    privacy: words.say(`mail.${kind}.privacy`),
    why: words.say(`mail.${kind}.why`, { email: shownEmail(email) }),
    sender,
  })
}
