import t from 'tap'
import { claimByLink } from '../../src/actions/holders/claim-badge.ts'
import { onEachDatabase } from '../help/databases.ts'
import { linkIn, mailsOf, runMails, startWithMail } from '../help/mails.ts'
import { change, clockAt, issue, passEvent, post } from '../help/start.ts'

onEachDatabase(
  t,
  'a pass is mailed to the candidate: two forms, one picture inside, nothing to fetch, a link that claims',
  async (t, database) => {
    const blazon = await startWithMail(t, database)
    const badge = await issue(blazon, { visibility: 'private' })
    t.equal(await runMails(blazon), 1)
    const [arrived] = blazon.inbox.mails
    t.match(arrived, { from: 'certification@northwind.example', to: ['zhang.wei@example.com'] })
    const { mail, raw } = arrived as NonNullable<typeof arrived>
    t.equal(mail.subject, 'Your badge is ready: Northwind Cloud Practitioner')
    t.match(mail.to, { value: [{ name: '张伟', address: 'zhang.wei@example.com' }] })
    t.match(mail.from, { value: [{ name: 'Northwind Cloud Certification' }] })
    t.equal(mail.headers.get('auto-submitted'), 'auto-generated')
    t.match(mail.messageId, /^<[0-9a-f]{40}@badges\.example\.test>$/)
    t.equal(mail.date?.toISOString(), '2026-11-22T04:00:00.000Z')
    t.match(mail.text, 'Hello 张伟,')
    t.match(raw, /multipart\/alternative.*text\/plain.*multipart\/related.*text\/html.*image\/png/s)
    const [picture] = mail.attachments
    t.match(picture, { cid: 'badge@blazon', contentType: 'image/png', related: true })
    t.equal(picture?.content.subarray(1, 4).toString(), 'PNG')
    const html = String(mail.html)
    t.notMatch(html, /(src|background)\s*=\s*["']?\s*https?:/i)
    t.notMatch(html, /url\(|@import|<script|<table/i)
    const link = linkIn(mail.text)
    // What is random may contain the score's digits by chance.
    const said = `${mail.subject}${mail.text}${html}`
      .replaceAll(link, '')
      .replaceAll(badge.certificationNumber, '')
    t.notMatch(said, /812/, 'no score')
    t.match(said, 'Northwind Cloud Practitioner')
    t.ok(html.includes(`href="${link}"`), 'both forms have the same link')
    const secret = link.split('/claim/')[1] ?? ''
    const claimed = await claimByLink(blazon.tools, {
      secret,
      agent: 'test',
      answer: { visibility: 'public' },
    })
    t.equal(claimed?.badgeId, badge.id)
    t.equal(await runMails(blazon), 0, 'and it is sent once')
    t.match(await mailsOf(blazon, badge.id), [
      { kind: 'earned', state: 'sent', email: 'zhang.wei@example.com', messageId: mail.messageId },
    ])
    t.same(
      ['zhang', '张伟', secret].filter((word) => blazon.log.join('').includes(word)),
      [],
      'the log names nobody',
    )
  },
)

onEachDatabase(
  t,
  'a mail goes to the address that the exam system has when it is sent, not when it was planned',
  async (t, database) => {
    const blazon = await startWithMail(t, database)
    await issue(blazon, { visibility: 'private' })
    const candidate = { ...passEvent().candidate, email: ' New.Address@Example.com ' }
    t.equal((await post(blazon, passEvent({ revision: 2, candidate }))).status, 200)
    await runMails(blazon)
    t.same(
      blazon.inbox.mails.map(({ to }) => to),
      [['new.address@example.com']],
    )
  },
)

onEachDatabase(
  t,
  'what was overtaken is not mailed: a badge revoked first, a review that is over',
  async (t, database) => {
    const blazon = await startWithMail(t, database)
    const badge = await issue(blazon)
    await change(blazon, badge.id, 'suspend')
    await change(blazon, badge.id, 'reinstate')
    await change(blazon, badge.id, 'revoke', { class: 'withdrawn' })
    await runMails(blazon)
    t.same(
      blazon.inbox.mails.map(({ mail }) => mail.subject),
      ['No longer valid: Northwind Cloud Practitioner'],
    )
    const { text = '' } = blazon.inbox.mails[0]?.mail ?? {}
    t.match(text, 'write to certification@northwind.example and name the certification number')
    t.match(text, badge.certificationNumber)
    t.equal(linkIn(text), '', 'there is nothing to claim')
    const mails = await mailsOf(blazon, badge.id)
    t.same(mails.map(({ kind, state, answer }) => [kind, state, answer]).toSorted(), [
      ['earned', 'skipped', 'The badge is revoked.'],
      ['reinstated', 'skipped', 'The badge is revoked.'],
      ['revoked', 'sent', '250 OK: message queued'],
      ['suspended', 'skipped', 'The badge is revoked.'],
    ])
  },
)

onEachDatabase(
  t,
  'who is claimed, suspended, reinstated or issued anew is told, with the right place to go',
  async (t, database) => {
    const clock = clockAt('2026-11-22T04:00:00.000Z')
    const blazon = await startWithMail(t, database, { clock })
    const badge = await issue(blazon, { visibility: 'private' })
    await runMails(blazon)
    const secret = linkIn(blazon.inbox.mails[0]?.mail.text).split('/claim/')[1] ?? ''
    await claimByLink(blazon.tools, { secret, agent: 'test', answer: { visibility: 'public' } })
    await change(blazon, badge.id, 'suspend')
    await runMails(blazon)
    await change(blazon, badge.id, 'reinstate')
    await runMails(blazon)
    const endedAt = '2026-11-21T10:12:00+08:00'
    const startedAt = '2026-11-21T09:00:00+08:00'
    await post(blazon, passEvent({ revision: 2, endedAt, startedAt }))
    await runMails(blazon)
    const [, ...told] = blazon.inbox.mails
    t.same(
      told.map(({ mail }) => [mail.subject?.split(':')[0], linkIn(mail.text)]),
      ['Under review', 'The review is over', 'Issued anew'].map((subject) => [
        subject,
        `https://badges.example.test/my/badges/${badge.id}`,
      ]),
    )
  },
)
