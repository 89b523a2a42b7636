import t from 'tap'
import type { VerdictWord } from '../../schemas/verdict.ts'
import type { BadgeView } from '../../schemas/view.ts'
import { badgePage as badgePageIn } from '../../src/pages/badge/badge-page.ts'
import type { Shown } from '../../src/pages/badge/check-yourself.ts'
import { english } from '../../src/words/words.ts'
import * as views from './sample-views.ts'

const shown = { checkedAt: views.checkedAt }
const badgePage = (view: BadgeView, facts: Shown) => badgePageIn(view, facts, english)

/** What the verdict bar says, and in which tone. */
function barOf(page: string): string {
  const tone = /<section class="verdict (\w+)"/.exec(page)?.[1]
  return `${tone}: ${/<p class="verdict-words">([^<]*)/.exec(page)?.[1]}`
}

t.test('the first words of a badge page are its verdict', (t) => {
  t.equal(barOf(badgePage(views.badge, shown)), 'valid: Valid · checked just now')
  t.equal(barOf(badgePage(views.expired, shown)), 'caution: Expired on 14 March 2026')
  t.equal(barOf(badgePage(views.suspended, shown)), 'caution: Status under review')
  t.equal(barOf(badgePage(views.revoked, shown)), 'bad: No longer valid since 3 May 2026')
  const page = badgePage(views.badge, shown)
  t.ok(page.indexOf('verdict-words') < page.indexOf('<h1'))
  t.end()
})

t.test('a page is green only if the record and every check say valid', (t) => {
  const words: VerdictWord[] = [
    'expired',
    'revoked',
    'suspended',
    'not-yet-valid',
    'invalid',
    'could-not-check',
  ]
  for (const verdict of words) {
    const page = badgePage(views.badge, { ...shown, verdict: { verdict, checks: [] } })
    t.notMatch(barOf(page), /^valid/, verdict)
  }
  for (const view of [views.expired, views.suspended, views.revoked]) {
    t.notMatch(barOf(badgePage(view, { ...shown, verdict: views.passed })), /^valid/, view.status)
  }
  t.equal(
    barOf(badgePage(views.badge, { ...shown, verdict: views.passed })),
    'valid: Valid · checked just now',
  )
  t.end()
})

t.test('every check is listed with its result in words, what was found and its second', (t) => {
  const page = badgePage(views.badge, { ...shown, verdict: views.failed })
  t.match(page, 'Badge file <strong>Passed</strong>')
  t.match(page, 'Signature <strong>Failed</strong>')
  t.match(page, 'Issuer <strong>Could not check</strong>')
  t.match(page, 'The signature does not fit: the badge was changed after it was issued')
  t.match(page, 'This could not be checked just now.')
  t.equal(page.split('22 November 2026, 21:08:14 (Asia/Shanghai)').length - 1, 4)
  t.notMatch(badgePage(views.badge, shown), 'class="checks"')
  t.end()
})

t.test('a holder who hides their name is named nowhere on the page', (t) => {
  const page = badgePage(views.hidden, shown)
  t.match(page, 'The holder chose not to show a name here.')
  t.notMatch(page, /Maria|Ferreira|Awarded to/)
  t.end()
})

t.test('a name is printed as it was written, in any script, and never as markup', (t) => {
  for (const name of ['张伟', 'محمد عبد الله', 'Zoë O’Neil']) {
    t.match(badgePage({ ...views.badge, holder: { name } }, shown), `<bdi>${name}</bdi>`)
  }
  const page = badgePage(
    { ...views.badge, holder: { name: '"><img src=x onerror=alert(1)>' } },
    shown,
  )
  t.notMatch(page, '<img src=x')
  t.end()
})

t.test('a score is on the page only if the view has one', (t) => {
  t.notMatch(badgePage(views.badge, shown), '<dt>Score</dt>')
  t.match(
    badgePage({ ...views.badge, score: '868 of 1000' }, shown),
    '<dt>Score</dt><dd>868 of 1000</dd>',
  )
  t.end()
})

t.test('a badge without an end says so', (t) => {
  const { expiresOn: _, validUntil: __, ...endless } = views.badge
  t.match(badgePage(endless, shown), '<dt>Valid until</dt><dd>Does not expire</dd>')
  t.end()
})

t.test('search engines may keep a badge page only if its holder is discoverable', (t) => {
  const noindex = '<meta name="robots" content="noindex">'
  t.match(badgePage(views.badge, shown), noindex)
  t.notMatch(badgePage({ ...views.badge, indexable: true }, shown), noindex)
  t.end()
})

t.test('a preview says first that a badge is not valid', (t) => {
  t.match(
    badgePage(views.expired, shown),
    '<meta property="og:title" content="Expired on 14 March 2026: Solutions Architect Associate',
  )
  t.match(
    badgePage(views.badge, shown),
    `<link rel="alternate" type="application/vc+ld+json" href="${views.badge.links.credential}">`,
  )
  t.end()
})

t.test('checking again works without script and keeps what the address carries', (t) => {
  const page = `${views.badge.links.page}?share=abc&check=now`
  const form = badgePage({ ...views.badge, links: { ...views.badge.links, page } }, shown)
  t.match(form, '<form method="get" action="/b/4fWm2Qk9ZcR7tYxN1sLp0A#checks">')
  t.match(
    form,
    '<input type="hidden" name="share" value="abc"><input type="hidden" name="check" value="now"><button',
  )
  t.end()
})

t.test('an address that is not of the web is never linked', (t) => {
  const skills = [{ name: 'Skill', url: 'javascript:alert(1)' }]
  const achievement = { ...views.associate, skills, address: 'javascript:alert(2)' }
  t.notMatch(badgePage({ ...views.badge, achievement }, shown), 'javascript:')
  t.end()
})

t.test('behind a share link, the page offers files only if the link includes them', (t) => {
  const page = badgePage({ ...views.unseen, shared: { files: false } }, shown)
  t.notMatch(page, /badge\.png|badge\.svg|credential\.j|assertion/)
  t.match(page, 'kept its files to themselves')
  const withFiles = badgePage({ ...views.unseen, shared: { files: true } }, shown)
  t.match(withFiles, /badge\.png[\s\S]*credential\.json[\s\S]*assertion\.jws/)
  t.notMatch(withFiles, '/ob2/assertions/')
  t.end()
})
