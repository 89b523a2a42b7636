import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { strFromU8, unzipSync } from 'fflate'
import t, { type Test } from 'tap'
import { openSession } from '../../src/actions/holders/sign-in.ts'
import { normalEmail } from '../../src/domain/people/mail-address.ts'
import { addAddress } from '../../src/storage/accounts/accounts.ts'
import { sqliteDatabase } from '../help/databases.ts'
import { linkIn, mailsOf, runMails, startWithMail } from '../help/mails.ts'
import { openItems } from '../help/review.ts'
import { issue, passEvent, post, start } from '../help/start.ts'
import { asTx, asTxTools } from '../help/transaction.ts'
import { visitor } from '../help/visitor.ts'

/** A mail server on a wire that is written down; it takes what RFC 5321 allows, and RFC 6531 where it says so. */
async function wire(t: Test, { smtpUtf8 }: { smtpUtf8: boolean }) {
  const commands: string[] = []
  const bodies: string[] = []
  const server = createServer((socket) => {
    let rest = ''
    let body: string | undefined
    socket.write('220 wire ESMTP\r\n')
    socket.setEncoding('utf8')
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      rest += chunk
      if (body !== undefined) {
        const end = rest.indexOf('\r\n.\r\n')
        if (end < 0) return
        bodies.push(rest.slice(0, end))
        rest = rest.slice(end + 5)
        body = undefined
        socket.write('250 2.0.0 taken\r\n')
      }
      const lines = rest.split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        commands.push(line)
        if (/^EHLO/.test(line)) {
          socket.write(
            `250-wire\r\n250-8BITMIME\r\n${smtpUtf8 ? '250-SMTPUTF8\r\n' : ''}250 HELP\r\n`,
          )
        } else if (/^DATA/.test(line)) {
          body = ''
          socket.write('354 go on\r\n')
        } else if (!smtpUtf8 && /[^ -~]/.test(line)) socket.write('553 5.6.7 not ASCII\r\n')
        else socket.write('250 2.0.0 yes\r\n')
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const { port } = server.address() as AddressInfo
  return { url: `smtp://127.0.0.1:${port}`, commands, bodies }
}

const candidateOf = (email: string) => ({ ...passEvent().candidate, email })
const recipients = (commands: string[]) => commands.filter((line) => /^RCPT/.test(line))

for (const smtpUtf8 of [true, false])
  for (const written of ['sean@bücher.example', 'Sean@XN--BCHER-KVA.example', 'li@例え。jp'])
    t.test(
      `a mail to ${written} goes to its ASCII form, to a server ${smtpUtf8 ? 'with' : 'without'} SMTPUTF8`,
      async (t) => {
        const { url, commands, bodies } = await wire(t as Test, { smtpUtf8 })
        const blazon = await start(t, { settings: { SMTP_URL: url } })
        await issue(blazon, { candidate: candidateOf(written), visibility: 'private' })
        await runMails(blazon)
        const key = normalEmail(written)
        t.same(recipients(commands), [`RCPT TO:<${key}>`])
        t.match(bodies[0], new RegExp(`^To: .*<${key}>$`, 'm'), 'headers are ASCII, too')
        t.match(key, /^[ -~]+$/)
      },
    )

t.test('letters beyond ASCII before the @ go to a server that takes them', async (t) => {
  const { url, commands } = await wire(t as Test, { smtpUtf8: true })
  const blazon = await start(t, { settings: { SMTP_URL: url } })
  const badge = await issue(blazon, { candidate: candidateOf('José@bücher.example') })
  await runMails(blazon)
  t.match(recipients(commands), [/^RCPT TO:<josé@(bücher|xn--bcher-kva)\.example>/])
  t.ok(commands.some((line) => /^MAIL FROM:.* SMTPUTF8/.test(line)))
  t.match(await mailsOf(blazon, badge.id), [{ state: 'sent', email: 'josé@bücher.example' }])
})

t.test('what a server that does not take them says is on the record of the mail', async (t) => {
  const { url } = await wire(t as Test, { smtpUtf8: false })
  const blazon = await start(t, { settings: { SMTP_URL: url } })
  const badge = await issue(blazon, { candidate: candidateOf('josé@example.com') })
  await runMails(blazon)
  const [mail] = await mailsOf(blazon, badge.id)
  t.match(mail, { state: 'bounced', email: 'josé@example.com', answer: /^553 / })
})

/** What people see of a page: hidden fields are the machine's. */
const seen = (body: string) => body.replace(/<input type="hidden"[^>]*>/g, '')

for (const written of ['sean@bücher.example', 'sean@xn--bcher-kva.example'])
  t.test(`every place that shows ${written} shows its letters`, async (t) => {
    const blazon = await startWithMail(t as Test, await sqliteDatabase(t as Test))
    const { tools, inbox } = blazon
    const badge = await issue(blazon, { candidate: candidateOf(written), visibility: 'private' })
    await runMails(blazon)
    const [earned] = inbox.mails
    const places: Record<string, string> = {
      'the text of a mail': earned?.mail.text ?? '',
      'the HTML of a mail': String(earned?.mail.html),
    }
    const owner = visitor(blazon)
    const claim = linkIn(earned?.mail.text)
    places['the page of a claim'] = (await owner.get(claim)).body
    const agent = 'Firefox on Linux'
    const { secret, accountId } = await openSession(asTxTools(tools), {
      email: normalEmail(written),
      agent,
    })
    const other = normalEmail(written.replace('sean', 'ines'))
    await addAddress(asTx(tools.db), accountId, {
      email: other,
      verifiedAt: tools.now(),
      main: false,
    })
    await visitor(blazon).get(claim)
    await owner.send(new URL(claim).pathname, { answer: 'public' })
    places['the page of a claim that is over'] = (await visitor(blazon).get(claim)).body
    owner.cookies.set('__Host-blazon-session', secret)
    places['the account page'] = (await owner.get('/my/account')).body
    await owner.send('/my/addresses', { email: written.replace('sean', 'maya') })
    await runMails(blazon)
    places['the mail with the link that proves an address'] = inbox.mails.at(-1)?.mail.text ?? ''
    const proof = linkIn(inbox.mails.at(-1)?.mail.text)
    places['the page that proves an address'] = (await owner.get(proof)).body
    places['files for another address, offered'] = (
      await owner.get(`/my/badges/${badge.id}/files`)
    ).body
    await owner.send(`/my/badges/${badge.id}/addresses`, { email: other })
    places['files for another address'] = (await owner.get(`/my/badges/${badge.id}/files`)).body
    const zip = unzipSync((await owner.get(`/my/badges/${badge.id}/files.zip`)).bytes)
    places['the README of the ZIP'] = strFromU8(zip['README.txt'] ?? new Uint8Array())
    const stranger = visitor(blazon)
    await stranger.get('/sign-in')
    await stranger.send('/sign-in', { email: written })
    await runMails(blazon)
    places['the mail with the link that signs in'] = inbox.mails.at(-1)?.mail.text ?? ''
    const signIn = linkIn(inbox.mails.at(-1)?.mail.text)
    places['the page that signs in'] = (await stranger.get(signIn)).body
    places['what operators are told of mails'] = JSON.stringify(await mailsOf(blazon, badge.id))
    for (const [place, text] of Object.entries(places)) {
      t.match(text, 'bücher.example', place)
      t.notMatch(seen(text), /xn--/i, place)
    }
    const twin = { ...candidateOf(written), id: 'C-2' }
    await post(blazon, passEvent({ resultId: 'R-2', exam: 'PR000002', candidate: twin }))
    const queue = JSON.stringify(await openItems(blazon))
    t.match(queue, 'second-account')
    t.notMatch(queue, /bücher|xn--|@/, 'the review queue names no address')
  })
