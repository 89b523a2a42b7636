import t, { type Test } from 'tap'
import { isMailAddress, safeAnswer } from '../../src/domain/holders/mail.ts'
import { badgeMail } from '../../src/mails/badge-mail.ts'
import { english } from '../../src/words/words.ts'
import { onEachDatabase } from '../help/databases.ts'
import { runMails, startWithMail } from '../help/mails.ts'
import { passEvent, post } from '../help/start.ts'
import { sample } from './samples.ts'

const names = [
  '张伟',
  'محمد بن علي',
  'דוד כהן',
  'Łukasz Żółć',
  'សុខ សំណាង',
  '김철수',
  'O’Connor-Ñandú',
  'Zoë 👩🏽‍💻',
  '<b>Bold</b> & "quoted" \\ back',
  'x'.repeat(200),
]

/** Names that try to be more than a name. */
const hostile = [
  'Eve\r\nBcc: victim@example.com',
  'Eve\nSubject: other',
  'Eve\u0001\u0007\u2028\u2029',
  'Eve <victim@example.com>, Mallory',
  'Eve" <victim@example.com>',
  '=?utf-8?q?=0D=0ABcc:_victim=40example.com?=',
  '\u202egnp.exe\u202c Eve',
  '"><img src=https://evil.example/x.png><a href="https://evil.example">',
]

onEachDatabase(
  t,
  'a name in any script arrives as it is, in the head, in the text and in the HTML',
  async (t, database) => {
    const world = await startWithMail(t, database)
    for (const [index, fullName] of names.entries()) {
      const candidate = { id: `C-${index}`, fullName, email: `${index}@example.com` }
      t.equal((await post(world, passEvent({ resultId: `R-${index}`, candidate }))).status, 201)
      await runMails(world)
      const { mail } = world.inbox.mails.at(-1) ?? {}
      t.match(mail?.to, { value: [{ name: fullName, address: `${index}@example.com` }] })
      t.ok(mail?.text?.includes(`Hello ${fullName},`), fullName)
    }
    const shown = world.inbox.mails.map(({ mail }) => String(mail.html)).join('')
    t.notMatch(shown, '<b>Bold')
    t.match(shown, '<bdi>&lt;b&gt;Bold&lt;/b&gt; &amp; &quot;quoted&quot; \\ back</bdi>')
  },
)

onEachDatabase(
  t,
  'no name can add a header, another address, a picture or a link, or turn the text around',
  async (t, database) => {
    const world = await startWithMail(t, database)
    await post(world, passEvent())
    for (const fullName of hostile) {
      // However it came to be there: the door itself refuses most of these.
      await world.tools.db.updateTable('badge').set({ full_name: fullName }).execute()
      await world.tools.db.deleteFrom('mail').execute()
      await world.tools.db
        .updateTable('job')
        .set({ state: 'waiting' })
        .where('key', 'like', '%:earned')
        .execute()
      await runMails(world)
      const { mail, raw = '', to } = world.inbox.mails.at(-1) ?? {}
      t.same(to, ['zhang.wei@example.com'])
      t.match(mail?.to, { value: { length: 1, 0: { address: 'zhang.wei@example.com' } } })
      t.same([mail?.bcc, mail?.cc], [undefined, undefined])
      t.equal(mail?.subject, 'Your badge is ready: Northwind Cloud Practitioner')
      const head = raw.slice(0, raw.indexOf('\r\n\r\n'))
      t.notMatch(head, /^(bcc|cc):/im)
      t.equal(head.match(/^subject:/gim)?.length, 1)
      t.notMatch(String(mail?.html), /<img src="?https?:|href="https:\/\/evil/)
      t.notMatch(`${mail?.text}`, /[\u202a-\u202e\u2028]|\p{Cc}(?<!\n)/u)
      t.notMatch(`${mail?.text}`, /^(Bcc|Subject):/m)
    }
  },
)

onEachDatabase(
  t,
  'nobody is written to at an address that could be taken for several, or for a header',
  async (t, database) => {
    const world = await startWithMail(t, database)
    await post(world, passEvent())
    const addresses = [
      'a@example.com,b@example.com',
      '"a b"@example.com',
      '<a@example.com>',
      'a@example.com\r\nRCPT TO:<b@example.com>',
      'a@[127.0.0.1]',
      '"x@internal.example y"@example.com',
      'a(comment)@example.com',
      '',
    ]
    for (const email of addresses) {
      t.notOk(isMailAddress(email), email)
      await world.tools.db.updateTable('candidate').set({ email }).execute()
      await world.tools.db
        .updateTable('job')
        .set({ state: 'waiting' })
        .where('key', 'like', '%:earned')
        .execute()
      t.equal(await runMails(world), 1)
      t.equal(world.inbox.mails.length, 0, email)
    }
    const rows = await world.tools.db.selectFrom('mail').select(['state', 'answer']).execute()
    const answer = 'There is no address that mail can be sent to.'
    t.same(rows, [{ state: 'skipped', answer }])
    for (const fine of ['o’neill+tag@example.com', 'a@b.example', '用户@例子.example'])
      t.ok(isMailAddress(fine), fine)
  },
)

t.test(
  'what a mail server says is kept in one line of a length that fits, without addresses',
  async (t) => {
    t.equal(
      safeAnswer('550-5.1.1 <a@b.example>\r\n550 no\tsuch\0user'),
      '550-5.1.1 (an address) 550 no such user',
    )
    t.equal(safeAnswer('x'.repeat(5000)).length, 200)
  },
)

t.test('a programme’s own words are text, too', async (t) => {
  const { html, subject, text } = badgeMail(
    english,
    sample('earned', {
      achievement: {
        name: 'A & B\r\nBcc: x@example.com <i>',
        language: 'en',
        pictureAlt: '"><script>',
      },
    }),
  )
  t.equal(subject, 'Your badge is ready: A & B Bcc: x@example.com <i>')
  t.notMatch(html, /<i>|<script>/)
  t.notMatch(text, /^Bcc/m)
})

t.test('every mail is HTML as the standard has it, but for what only Outlook reads', async (t) => {
  const { HtmlValidate } = await import('html-validate')
  const { allMails } = await import('./samples.ts')
  const validator = new HtmlValidate({
    extends: ['html-validate:standard'],
    rules: { 'no-inline-style': 'off', 'no-conditional-comment': 'off', 'long-title': 'off' },
  })
  for (const [name, { html }] of allMails()) {
    const { results } = await validator.validateString(html)
    const found = results.flatMap(({ messages }) => messages.map(({ message }) => message))
    ;(t as Test).same(found, [], name)
  }
})
