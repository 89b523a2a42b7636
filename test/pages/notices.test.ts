import t from 'tap'
import type { Achievement, Programme } from '../../schemas/programme.ts'
import { viewHelp } from '../../src/domain/holders/help.ts'
import { privacyNotice } from '../../src/domain/holders/privacy-notice.ts'
import { helpPage } from '../../src/pages/issuer/help-page.ts'
import { privacyPage } from '../../src/pages/issuer/privacy-page.ts'
import { english } from '../../src/words/words.ts'
import { programme, site } from './sample-pages.ts'

/** What a page says, without its markup. */
const words = (page: string) =>
  page
    .replace(/^[\s\S]*<main>|<\/main>[\s\S]*$/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
const help = (changes: Partial<Programme> = {}) =>
  words(helpPage(viewHelp({ ...programme, ...changes }, site), english))
const notice = (changes: Partial<Programme> = {}) =>
  privacyPage(privacyNotice({ ...programme, ...changes }, '2026-11-22T16:30:00Z', site), english)
const first = programme.achievements[0] as Achievement
const ruled = (changes: Partial<Achievement>) =>
  help({ achievements: [{ ...first, ...changes }, ...programme.achievements.slice(1)] })
const retakeWaits = (...waits: string[]) =>
  help({ policies: { ...programme.policies, retakeWaits: waits } })

t.test('terms, windows and waits are told in words, with the days that they come to', (t) => {
  const page = help()
  for (const said of [
    'Northwind Cloud Practitioner and Northwind Cloud Solutions Architect Associate Valid for 2 years. Passed on 1 March 2027, it is valid through 1 March 2029.',
    'From 60 days before the last day until 30 days after it: in this example from 31 December 2028 through 31 March 2029.',
    'The new term Starts on the day on which you pass again.',
    'Northwind Cloud Solutions Architect Professional Valid for 2 years.',
    'The new term Starts when the old one ends',
    'If you pass earlier We look at it and decide',
    'After a failed attempt 14 days After 2 in a row 60 days After 3 or more in a row 1 year',
    'fail on 1 March 2027, and you may try again from 15 March 2027 on.',
    'Northwind Cloud Certification promises it within 14 days of your exam.',
  ])
    t.ok(page.includes(said), said)
  t.end()
})

t.test('other terms make other words, one of a thing in the singular', (t) => {
  t.match(
    ruled({ validity: 'P1Y6M' }),
    'Valid for 1 year, 6 months. Passed on 1 March 2027, it is valid through 1 September 2028.',
  )
  t.match(
    ruled({ validity: 'P1D' }),
    'Valid for 1 day. Passed on 1 March 2027, it is valid through 2 March 2027.',
  )
  const { renewal: _, ...unruled } = first
  const plain = help({ achievements: [unruled, ...programme.achievements.slice(1)] })
  t.match(plain, 'Renew it At any time, in this example through 1 March 2029.')
  const dayBefore = { ...programme.policies, inclusiveEnd: 'dayBefore' as const }
  t.match(help({ policies: dayBefore }), 'it is valid through 28 February 2029.')
  t.match(
    ruled({
      renewal: {
        renewalWindow: 'P1M',
        graceAfter: 'P0D',
        renewalAnchor: 'passDate',
        passOutsideWindow: 'reject',
      },
    }),
    /From 1 month before the last day on, no later: .* from 1 February 2029 through 1 March 2029\..* That renews nothing/,
  )
  t.match(
    retakeWaits('P1D', 'P2W'),
    'After a failed attempt 1 day After 2 or more in a row 2 weeks',
  )
  t.match(retakeWaits('P1Y'), /After every failed attempt 1 year .* from 1 March 2028 on/)
  t.match(retakeWaits('P0D', 'P7D'), /After a failed attempt At once .* from 1 March 2027 on/)
  t.end()
})

t.test('certifications with the same rules are told once; what is retired is left out', (t) => {
  const alike = programme.achievements.map((each) => ({ ...each, renewal: first.renewal }))
  const page = help({ achievements: alike as Achievement[] })
  t.match(page, 'Every certification Valid for')
  t.equal(page.split('Valid for').length, 2)
  const retired = programme.achievements.map((each) => ({ ...each, retired: true }))
  t.match(help({ achievements: retired }), 'Nothing can be earned at present.')
  t.notMatch(ruled({ retired: true }), 'Northwind Cloud Practitioner')
  t.end()
})

t.test(
  'whom to ask and where to appeal are the programme’s; without them, the issuer is asked',
  (t) => {
    const told = helpPage(viewHelp(programme, site), english)
    t.match(told, '<a href="mailto:help@northwind.example" dir="ltr">')
    t.match(told, '<a href="https://certification.northwind.example/appeals">How to appeal</a>')
    const { help: _, ...silent } = programme
    const page = helpPage(viewHelp(silent, site), english)
    t.match(page, '<a href="mailto:certification@northwind.example" dir="ltr">')
    t.notMatch(page, /How to appeal|promises|help@northwind/)
    t.match(
      words(page),
      'You can have that looked at again. Write to: Northwind Cloud Certification',
    )
    t.end()
  },
)

t.test('third parties are a table with a caption, heads, and a head for each row', (t) => {
  const page = notice()
  t.match(
    page,
    '<caption>Who processes candidates’ data for Northwind Cloud Certification</caption>',
  )
  for (const head of ['Who', 'What for', 'Where']) t.match(page, `<th scope="col">${head}</th>`)
  t.match(
    page,
    '<th scope="row">Contoso Mail GmbH</th><td data-column="What for">Delivers mails to candidates.</td><td data-column="Where">Germany</td>',
  )
  t.match(page, 'Last updated: <time datetime="2026-11-23">23 November 2026</time>')
  t.match(page, '<a href="https://certification.northwind.example/privacy">Privacy policy</a>')
  t.match(
    page,
    '<a href="https://certification.northwind.example/data-processing">Data-processing terms</a>',
  )
  t.end()
})

t.test('what the programme does not say is not printed, and what it says is text', (t) => {
  const nowhere = notice({ thirdParties: [{ entity: '<b>Fabrikam</b>', purpose: 'A & B' }] })
  t.match(
    nowhere,
    '<th scope="row">&lt;b&gt;Fabrikam&lt;/b&gt;</th><td data-column="What for">A &amp; B</td></tr>',
  )
  t.notMatch(nowhere, 'Where<')
  const { privacy: _, ...silent } = programme
  const page = privacyPage(
    privacyNotice({ ...silent, thirdParties: [] }, '2026-11-22T00:00:00Z', site),
    english,
  )
  t.match(page, 'Nobody processes candidates’ data for Northwind Cloud Certification.')
  t.notMatch(page, /Privacy policy|Data-processing terms|privacy policy/)
  t.end()
})

t.test('the privacy page says what files hold, by the programme’s policies', (t) => {
  t.match(words(notice()), 'somebody who guesses your address can test the guess')
  t.match(words(notice()), 'Where the programme shows scores')
  const quiet = words(
    notice({
      policies: { ...programme.policies, emailIdentifier: false },
      exams: programme.exams.map(({ showScore: _, ...exam }) => exam),
    }),
  )
  t.match(quiet, 'Nothing in them is made from your e-mail address.')
  t.notMatch(quiet, /test the guess|shows scores/)
  t.end()
})
