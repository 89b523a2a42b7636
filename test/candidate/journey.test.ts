import t from 'tap'
import type { Database } from '../help/databases.ts'
import { onEachDatabase } from '../help/databases.ts'
import { linkIn, runMails, startWithMail } from '../help/mails.ts'
import { get, issue, passEvent } from '../help/start.ts'
import { visitor } from '../help/visitor.ts'

const candidate = passEvent().candidate

async function arrive(t: Parameters<typeof startWithMail>[0], database: Database) {
  const blazon = await startWithMail(t, database)
  const badge = await issue(blazon, { visibility: 'private' })
  await runMails(blazon)
  const [mail] = blazon.inbox.mails
  return { blazon, badge, claim: linkIn(mail?.mail.text) }
}

onEachDatabase(
  t,
  'from the mail to a claimed badge in two clicks; private, shared, public, revoked, taken along, erased',
  async (t, database) => {
    const { blazon, badge, claim } = await arrive(t, database)
    const owner = visitor(blazon)
    const opened = await owner.get(claim)
    t.equal(opened.status, 200)
    t.match(opened.body, /Who can see it/)
    t.match(opened.headers, { 'cache-control': /no-store/, 'referrer-policy': 'no-referrer' })
    const claimed = await owner.send(new URL(claim).pathname, { answer: 'private' })
    t.equal(claimed.status, 303, claimed.body)
    const home = claimed.location
    t.match(home, `/my/badges/${badge.id}`)
    t.equal((await owner.get(home)).status, 200)

    t.equal((await get(blazon, badge.links.page)).statusCode, 404, 'private to others')
    const own = await owner.get(badge.links.page)
    t.match([own.status, own.headers['cache-control']], [200, 'private, no-store'])

    await owner.get(home)
    const made = await owner.send(`/my/badges/${badge.id}/links`, {
      label: 'for Contoso',
      withName: 'on',
      expires: 'P7D',
      viewLimit: '3',
    })
    t.equal(made.status, 201, made.body)
    const share = /https:\/\/[^"\s<]+\?share=[\w-]+/.exec(made.body)?.[0] ?? ''
    const guest = visitor(blazon)
    const seen = await guest.get(share)
    t.equal(seen.status, 200)
    t.match(seen.body, candidate.fullName)
    t.match(seen.headers, { 'x-robots-tag': 'noindex', 'cache-control': 'private, no-store' })
    t.equal((await guest.get(share.replace('?', '/picture.png?'))).status, 200)
    t.equal((await guest.get(share.replace('?', '/credential.json?'))).status, 404, 'no files')
    t.equal((await get(blazon, badge.links.page)).statusCode, 404, 'nothing without the link')

    await owner.get(home)
    const settings = { visibility: 'public', nameDisplay: 'initials', showExpired: 'on' }
    t.equal((await owner.send(`/my/badges/${badge.id}/privacy`, settings)).status, 303)
    const published = await get(blazon, badge.links.page, { accept: 'text/html' })
    t.equal(published.statusCode, 200)
    t.match(published.body, 'Z. W.')
    t.notMatch(published.body, candidate.fullName)

    const { body } = await owner.get(home)
    const revoke = new RegExp(`/my/badges/${badge.id}/links/[\\w-]+/revoke`).exec(body)?.[0] ?? ''
    t.equal((await owner.send(revoke)).status, 303)
    await owner.get(home)
    await owner.send(`/my/badges/${badge.id}/privacy`, { ...settings, visibility: 'private' })
    t.equal((await guest.get(share)).status, 404, 'the revoked link shows nothing')

    const zip = await owner.get('/my/export')
    t.match(zip.headers, { 'content-type': 'application/zip' })
    t.equal(zip.bytes.subarray(0, 2).toString(), 'PK')
    await owner.get('/my/erase')
    t.equal((await owner.send('/my/erase', { copies: 'keep' })).status, 422, 'not without the tick')
    t.equal((await owner.send('/my/erase', { copies: 'keep', sure: 'on' })).status, 200)
    t.equal((await owner.get('/my/badges')).location, '/sign-in')
  },
)

onEachDatabase(t, 'a mailed link is spent by its button alone, once', async (t, database) => {
  const { blazon, claim } = await arrive(t, database)
  const path = new URL(claim).pathname
  const scanner = visitor(blazon, 'MailScanner/1.0')
  for (let count = 0; count < 3; count += 1) t.equal((await scanner.get(claim)).status, 200)
  const owner = visitor(blazon)
  await owner.get(claim)
  t.equal((await owner.send(path, { answer: 'public' })).status, 303)
  const second = visitor(blazon)
  const over = await second.get(claim)
  t.match(over.body, /claim\/[\w-]+\/again/)
  t.equal((await second.post(path, { answer: 'public' })).status, 403, 'a form of nobody’s')
  await second.get(claim)
  t.equal((await second.send(`${path}/again`)).status, 202)
  await runMails(blazon)
  const link = linkIn(blazon.inbox.mails.at(-1)?.mail.text)
  t.match(link, '/sign-in/')
  await second.get(link)
  t.equal((await second.send(new URL(link).pathname)).location, '/my/badges')
  t.match((await second.get('/my/badges')).body, /valid until|Valid until/)
  t.equal((await scanner.get(link)).status, 200)
})

onEachDatabase(
  t,
  'declining keeps the badge valid and private, and can be undone',
  async (t, database) => {
    const { blazon, badge, claim } = await arrive(t, database)
    const owner = visitor(blazon)
    await owner.get(claim)
    const { location } = await owner.send(new URL(claim).pathname, { answer: 'decline' })
    t.match(location, 'done=declined')
    const sent = blazon.inbox.mails.length
    blazon.clock.set('2027-02-01T00:00:00.000Z')
    await runMails(blazon)
    t.equal(blazon.inbox.mails.length, sent, 'mails stop')
    blazon.clock.set('2026-12-10T00:00:00.000Z')
    await owner.get(location)
    const undone = await owner.send(`/my/badges/${badge.id}/claim`, { answer: 'public' })
    t.equal(undone.status, 303, undone.body)
    t.equal((await get(blazon, badge.links.page)).statusCode, 200)
  },
)

t.test(
  'the sign-in page says the same in the same words, whether the address is known or not',
  async (t) => {
    const { blazon } = await arrive(t as Parameters<typeof startWithMail>[0], await sqlite(t))
    const say = async (email: string) => {
      const somebody = visitor(blazon)
      await somebody.get('/sign-in')
      const { status, body } = await somebody.send('/sign-in', { email })
      return { status, body: body.replace(/name="form" value="[^"]*"/g, '') }
    }
    t.same(await say(candidate.email), await say('nobody@example.com'))
    const before = blazon.inbox.mails.length
    await runMails(blazon)
    t.equal(blazon.inbox.mails.length, before + 1, 'only the known one gets a mail')
  },
)

async function sqlite(t: unknown) {
  const { sqliteDatabase } = await import('../help/databases.ts')
  return sqliteDatabase(t as Parameters<typeof sqliteDatabase>[0])
}
