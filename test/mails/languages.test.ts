import t from 'tap'
import { onEachDatabase } from '../help/databases.ts'
import { linkIn, runMails, startWithMail } from '../help/mails.ts'
import { issue, passEvent } from '../help/start.ts'
import { visitor } from '../help/visitor.ts'

const candidate = { ...passEvent().candidate, locale: 'zh-CN' }
const chinese = { 'accept-language': 'zh-Hans-CN, zh;q=0.9, en;q=0.5' }

onEachDatabase(
  t,
  'a Chinese candidate gets a Chinese mail, claims on a Chinese page and reads on in Chinese',
  async (t, database) => {
    const blazon = await startWithMail(t, database)
    await issue(blazon, { visibility: 'private', candidate })
    await runMails(blazon)
    const [arrived] = blazon.inbox.mails
    t.equal(arrived?.mail.subject, '您的徽章已就绪：Northwind Cloud Practitioner')
    t.match(arrived?.mail.text, '张伟，您好：')
    t.match(arrived?.mail.text, '有效期至2028年11月22日')
    t.match(String(arrived?.mail.html), '<html lang="zh-CN" dir="ltr">')
    t.match(String(arrived?.mail.html), '<strong lang="en" dir="auto"')
    const link = new URL(linkIn(arrived?.mail.text))
    const zhang = visitor(blazon, undefined, chinese)
    const page = await zhang.get(link.pathname)
    t.match(page.body, '<html lang="zh-CN"')
    t.match(page.body, '领取徽章')
    const claimed = await zhang.send(link.pathname, { answer: 'public' })
    const mine = await zhang.get(claimed.location)
    t.match(mine.body, '徽章已归您所有。')
    t.match(mine.body, '2026年11月22日')
    t.match((await zhang.get('/my/badges')).body, '公开 · 有效期至2028年11月22日')
  },
)

onEachDatabase(
  t,
  'a sign-in link is mailed in the language of the page on which it was asked for',
  async (t, database) => {
    const blazon = await startWithMail(t, database)
    await issue(blazon, { visibility: 'private' })
    await runMails(blazon)
    const zhang = visitor(blazon, undefined, chinese)
    await zhang.get('/sign-in')
    t.match((await zhang.send('/sign-in', { email: 'zhang.wei@example.com' })).body, '请查收邮件')
    await runMails(blazon)
    t.equal(blazon.inbox.mails.at(-1)?.mail.subject, 'Northwind Cloud Certification 登录链接')
  },
)
