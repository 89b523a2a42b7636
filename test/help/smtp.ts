import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import type { Test } from 'tap'

/** A mail as a server received it: sender and recipients, its bytes, and its parsed form. */
export type Arrived = { from: string; to: string[]; raw: string; mail: ParsedMail }

/** A real SMTP server in this process, and the mails that arrived. */
export type Inbox = { url: string; port: number; mails: Arrived[]; close: () => Promise<void> }

/** Starts a server on a port of its own that accepts every mail; `options` change its behaviour. */
export async function inbox(t: Test, options: SMTPServerOptions = {}): Promise<Inbox> {
  const mails: Arrived[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    closeTimeout: 50, // milliseconds that open connections have when a test closes the server
    onData: (stream, session, done) => {
      void keep(stream, session).then(() => done())
    },
    ...options,
  })
  const keep = async (
    stream: AsyncIterable<Buffer>,
    { envelope }: { envelope: { mailFrom: unknown; rcptTo: { address: string }[] } },
  ) => {
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(chunk)
    const bytes = Buffer.concat(chunks)
    const { address } = envelope.mailFrom as { address: string }
    const to = envelope.rcptTo.map((each) => each.address)
    mails.push({ from: address, to, raw: bytes.toString(), mail: await simpleParser(bytes) })
  }
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()))
  t.teardown(close)
  return { url: `smtp://127.0.0.1:${port}`, port, mails, close }
}

/** An answer of an SMTP server that refuses. */
export function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode })
}
