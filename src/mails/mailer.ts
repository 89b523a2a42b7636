import type { SendMailOptions } from 'nodemailer'
import type SMTPPool from 'nodemailer/lib/smtp-pool/index.js'
import { safeAnswer } from '../domain/holders/mail.ts'
import { Problem } from '../problem.ts'
import { mailFolder } from './folder.ts'
import { type MailText, oneLine, pictureId } from './frame.ts'
import type { Handed } from './handed.ts'

/** A mail address with a name in any script. */
export type Mailbox = { name: string; address: string }

/** One complete mail to one address. `date` is an ISO instant with `Z`; the Message-ID includes its angle brackets. */
export type Mail = MailText & {
  lang: string
  from: Mailbox
  to: Mailbox
  replyTo: Mailbox
  messageId: string
  date: string
  picture?: Buffer
}

/** Delivers mails to a server or a folder. */
export type Mailer = {
  /** The folder, for the log, when there is no server. */
  folder?: string
  /** The sender, when it is not the programme's issuer. */
  from: Mailbox | undefined
  /** Delivers one mail. Throws `unavailable` when it failed for now and should be tried again. */
  send: (mail: Mail, signal?: AbortSignal) => Promise<Handed>
  /** Deletes its copies of mails by their Message-IDs. A server's copies are out of reach. */
  forget: (messageIds: string[]) => Promise<void>
  close: () => void
}

/**
 * The mail settings, as `config.ts` reads them. `dkim` is a private key as PEM, with the selector of its public key.
 */
export type MailSettings = {
  smtpUrl: string
  mailFrom: string
  mailDir: string
  dkim?: { key: string; selector: string } | undefined
}

/** Time limits in milliseconds: for the server's next reply, and for one whole mail. */
export type Patience = { silence: number; mail: number }
const usual: Patience = { silence: 15_000, mail: 45_000 }

/** Makes a mailer for the SMTP server of the settings. Without a server, mails are written to a folder. */
export function makeMailer(settings: MailSettings, patience: Patience = usual): Mailer {
  const { smtpUrl, mailDir, dkim } = settings
  const from = mailboxOf(settings.mailFrom)
  const options = (mail: Mail) => ({ ...asOptions(mail), ...(dkim && signed(dkim, mail.from)) })
  if (smtpUrl === '') {
    const { write, forget } = mailFolder(mailDir)
    const send = async (mail: Mail) => write(mail.messageId, options(mail))
    return { folder: mailDir, from, send, forget, close: () => {} }
  }
  const server = { ...connection(smtpUrl), ...limits(patience), pool: true as const }
  let opened: ReturnType<typeof openPool> | undefined
  const pool = () => {
    opened ??= openPool(server)
    return opened
  }
  return {
    from,
    forget: async () => {},
    send: async (mail, signal) => {
      const late = AbortSignal.timeout(patience.mail)
      try {
        const transport = await pool()
        const { response } = await transport.sendMail({
          ...options(mail),
          signal: signal ? AbortSignal.any([signal, late]) : late,
        })
        return { state: 'sent', answer: safeAnswer(response) }
      } catch (error) {
        return refusal(error as SmtpError)
      }
    },
    close: () => void opened?.then((transport) => transport.close({ force: true })),
  }
}

/** Connections to the server. The library is loaded with the first mail, so that a start need not wait for it. */
async function openPool(server: SMTPPool.Options) {
  const { createTransport } = await import('nodemailer')
  return createTransport(server)
}

/** Reads `Name <address>`, or an address alone. Undefined for an empty setting. */
function mailboxOf(text: string): Mailbox | undefined {
  const [, name = '', address] = /^(?:"?(.*?)"?\s*<)?([^\s<>]+@[^\s<>]+?)>?$/.exec(text) ?? []
  return address === undefined ? undefined : { name: name.trim(), address }
}

function connection(smtpUrl: string) {
  const { protocol, hostname, port, username, password } = new URL(smtpUrl)
  const secure = protocol === 'smtps:' || port === '465'
  const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
  const user = decodeURIComponent(username)
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && !loopback,
    // A server on this machine often has a self-signed certificate, and nobody can listen on the loopback.
    ...(loopback && { tls: { rejectUnauthorized: false } }),
    ...(user && { auth: { user, pass: decodeURIComponent(password) } }),
  }
}

function limits({ silence, mail }: Patience) {
  return {
    maxConnections: 4,
    maxRequeues: 1,
    dnsTimeout: silence,
    connectionTimeout: silence,
    greetingTimeout: silence,
    socketTimeout: Math.min(silence * 2, mail),
  }
}

function asOptions(mail: Mail): SendMailOptions {
  const { from, to, replyTo, messageId, picture } = mail
  return {
    from: printable(from),
    to: printable(to),
    ...(replyTo.address !== from.address && { replyTo: printable(replyTo) }),
    envelope: { from: from.address, to: [to.address] },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId,
    date: new Date(mail.date),
    // RFC 3834, and Exchange's equivalent: suppress automatic replies such as holiday notices.
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': mail.lang,
    },
    ...(picture && {
      attachments: [
        {
          filename: 'badge.png',
          content: picture,
          contentType: 'image/png',
          cid: pictureId,
          contentDisposition: 'inline' as const,
        },
      ],
    }),
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

function printable({ name, address }: Mailbox) {
  return { name: oneLine(name), address }
}

function signed({ key, selector }: { key: string; selector: string }, from: Mailbox) {
  const domainName = from.address.split('@')[1] ?? ''
  return { dkim: { domainName, keySelector: selector, privateKey: key } }
}

type SmtpError = Error & {
  code?: string
  responseCode?: number
  response?: string
  command?: string
}

/**
 * A 5xx after RCPT or DATA is about this mail, so it bounced. Any other failure is about the server or the settings
 * (530: a password is required) and may pass.
 */
function refusal({ name, code, responseCode = 0, response = '', command = '' }: SmtpError): Handed {
  const aboutMail = command === 'RCPT TO' || command === 'DATA'
  if (aboutMail && responseCode >= 500 && responseCode !== 530)
    return { state: 'bounced', answer: safeAnswer(response) }
  const reason = responseCode > 0 ? `${responseCode} after ${command}` : (code ?? name)
  throw new Problem(
    'unavailable/mail-server-refused',
    `The mail server did not take the mail (${reason}).`,
  )
}
