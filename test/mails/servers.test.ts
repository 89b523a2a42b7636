import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SMTPServerOptions } from 'smtp-server'
import t, { type Test } from 'tap'
import { type Mail, type MailSettings, makeMailer } from '../../src/mails/mailer.ts'
import { Problem } from '../../src/problem.ts'
import { freePort } from '../help/free-port.ts'
import { inbox, refusal } from '../help/smtp.ts'

const somebody = { name: '', address: 'somebody@example.com' }
const mail: Mail = {
  lang: 'en',
  from: { name: 'Issuer', address: 'badges@example.org' },
  replyTo: { name: 'Issuer', address: 'help@example.org' },
  to: somebody,
  subject: 'A subject',
  html: '<p>Hello</p>',
  text: 'Hello\n',
  messageId: '<one@example.org>',
  date: '2026-11-22T04:00:00.000Z',
}

function mailer(t: Test, smtpUrl: string, more: Partial<MailSettings> = {}, impatient = false) {
  const settings = { smtpUrl, mailFrom: '', mailDir: '/nowhere', ...more }
  const patience = impatient ? { silence: 300, mail: 700 } : undefined
  const made = makeMailer(settings, patience)
  t.teardown(() => made.close())
  return made
}

/** What is thrown must be fit for the log and the job: our own words, and no address. */
async function failure(t: Test, work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  t.type(error, Problem)
  const { message, stack } = error as Problem
  t.notMatch(`${message}${stack}`, 'somebody')
  return message
}

t.test('answers go to the issuer, bounces to the sender', async (t) => {
  const server = await inbox(t as Test)
  await mailer(t as Test, server.url).send(mail)
  const [arrived] = server.mails
  t.equal(arrived?.from, 'badges@example.org')
  t.equal(arrived?.mail.replyTo?.text, '"Issuer" <help@example.org>')
})

t.test('a refusal for good is told from one for now, and neither quotes an address', async (t) => {
  const cases = [
    ['onRcptTo', 550, '5.1.1 <somebody@example.com>: no such user', 'bounced'],
    ['onData', 554, '5.7.1 message refused', 'bounced'],
    ['onRcptTo', 451, '4.7.1 somebody@example.com is greylisted', '451 after RCPT TO'],
    ['onData', 452, '4.3.1 disk full', '452 after DATA'],
    ['onMailFrom', 553, '5.7.1 sender not allowed', '553 after MAIL FROM'],
    ['onRcptTo', 530, '5.7.0 authentication required', '530 after RCPT TO'],
  ] as const
  for (const [at, code, words, outcome] of cases) {
    const refuse = (...values: unknown[]) => {
      const stream = values[0] as { resume?: () => void }
      stream.resume?.()
      const done = values.at(-1) as (error: Error) => void
      done(refusal(code, words))
    }
    const server = await inbox(t as Test, { [at]: refuse })
    const work = mailer(t as Test, server.url).send(mail)
    if (outcome !== 'bounced') {
      t.match(await failure(t as Test, work), outcome)
      continue
    }
    const { state, answer } = await work
    t.equal(state, 'bounced')
    t.match(answer, String(code))
    t.notMatch(answer, 'somebody')
  }
})

t.test('a server that is not there, says nothing, or trickles is given up in time', async (t) => {
  const gone = `smtp://127.0.0.1:${await freePort()}`
  t.match(await failure(t as Test, mailer(t as Test, gone).send(mail)), '(ESOCKET)')
  const silent = createServer(() => {})
  const trickling = createServer((socket) => {
    const timer = setInterval(() => socket.write('220-wait\r\n'), 50)
    socket.on('close', () => clearInterval(timer))
    socket.on('error', () => {})
  })
  for (const server of [silent, trickling]) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    t.teardown(() => server.close())
    const { port } = server.address() as { port: number }
    const begun = performance.now()
    const { send } = mailer(t as Test, `smtp://127.0.0.1:${port}`, {}, true)
    await failure(t as Test, send(mail))
    t.ok(performance.now() - begun < 2000)
  }
  const hanging = await inbox(t as Test, { onData: (stream) => void stream.resume() })
  await failure(t as Test, mailer(t as Test, hanging.url, {}, true).send(mail))
})

t.test('a mail under way can be called off', async (t) => {
  const server = await inbox(t as Test, { onData: (stream) => void stream.resume() })
  const abort = new AbortController()
  const work = mailer(t as Test, server.url).send(mail, abort.signal)
  await sleep(50)
  abort.abort(new Error('Blazon stops.'))
  await failure(t as Test, work)
})

t.test('a connection serves many mails, also when the server closed it meanwhile', async (t) => {
  let sessions = 0
  const server = await inbox(t as Test, {
    onConnect: (_session, done) => {
      sessions += 1
      done()
    },
    socketTimeout: 200,
  })
  const { send } = mailer(t as Test, server.url)
  for (const number of [1, 2, 3]) await send({ ...mail, messageId: `<${number}@example.org>` })
  t.equal(sessions, 1)
  await sleep(450)
  await send({ ...mail, messageId: '<4@example.org>' })
  t.equal(server.mails.length, 4)
})

t.test('a password goes to the server, and never in the clear to another machine', async (t) => {
  const logins: string[] = []
  const secured: boolean[] = []
  const options: SMTPServerOptions = {
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: (auth, session, done) => {
      logins.push(`${auth.username} ${auth.password}`)
      secured.push(session.secure)
      done(null, { user: 'blazon' })
    },
  }
  const plain = await inbox(t as Test, options)
  const at = (scheme: string, host: string, port: number) =>
    `${scheme}://us%40er:p%2Fss@${host}:${port}`
  await mailer(t as Test, at('smtp', '127.0.0.1', plain.port)).send(mail)
  t.same([logins, secured], [['us@er p/ss'], [false]])
  // 0.0.0.0 leads here, too, but is no loopback address.
  const other = mailer(t as Test, at('smtp', '0.0.0.0', plain.port))
  t.match(await failure(t as Test, other.send(mail)), '500 after STARTTLS')
  const starttls = await inbox(t as Test, { ...options, disabledCommands: [] })
  await mailer(t as Test, at('smtp', '127.0.0.1', starttls.port)).send(mail)
  const untrusted = mailer(t as Test, at('smtp', '0.0.0.0', starttls.port))
  await failure(t as Test, untrusted.send(mail))
  const tls = await inbox(t as Test, { ...options, secure: true })
  await mailer(t as Test, at('smtps', '127.0.0.1', tls.port)).send(mail)
  await failure(t as Test, mailer(t as Test, at('smtps', '0.0.0.0', tls.port)).send(mail))
  t.same(secured, [false, true, true])
  t.same(new Set(logins), new Set(['us@er p/ss']))
})
