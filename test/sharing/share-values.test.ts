import t, { type Test } from 'tap'
import type { Visibility } from '../../schemas/badge.ts'
import { qrCode } from '../../src/pages/my/share/qr.ts'
import { issue, start } from '../help/start.ts'
import { share } from '../pages/own-pages.ts'
import { ownBadges } from '../pages/own-views.ts'
import { arrive } from './arrive.ts'

const marks = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' }
const decoded = (text: string) =>
  text.replace(/&(?:lt|gt|quot|#39|amp);/g, (mark) => marks[mark as keyof typeof marks])

/** What stands in each field to be copied whose id begins so. */
function copied(page: string, prefix: string): Record<string, string> {
  const inputs = page.matchAll(/<input id="([^"]*)" type="text" readonly value="([^"]*)"/g)
  const fields = [...inputs].map(([, id = '', value = '']) => [id, decoded(value)] as const)
  return Object.fromEntries(fields.filter(([id]) => id.startsWith(prefix)))
}

const dark = (markup: string) => /<path stroke="#000" d="([^"]*)"/.exec(markup)?.[1]

async function sharePageOf(t: Test, visibility: Visibility) {
  const blazon = await start(t)
  const badge = await issue(blazon, { visibility: 'private' })
  const me = await arrive(blazon, badge.id, visibility)
  const at = `/my/badges/${badge.id}/share`
  return { badge, me, at, body: (await me.get(at)).body }
}

t.test('the code for WeChat is that of the address which the page shares', async (t) => {
  const open = await sharePageOf(t as Test, 'public')
  const { page } = open.badge.links
  t.ok(dark(open.body))
  t.equal(dark(open.body), dark(qrCode(page, '').text))
  t.match(open.body, `aria-label="QR code of ${page}"`)
  const { me, at, body, badge } = await sharePageOf(t as Test, 'private')
  t.equal(dark(body), undefined, 'none before there is an address')
  const made = (await me.send(at)).body
  const link = copied(made, 'address').address ?? ''
  t.ok(link.startsWith(`${badge.links.page}?share=`), link)
  t.equal(dark(made), dark(qrCode(link, '').text))
})

t.test('each field of LinkedIn’s form can be copied, with what belongs there', async (t) => {
  const { badge, body } = await sharePageOf(t as Test, 'public')
  t.same(copied(body, 'linkedin-'), {
    'linkedin-name': 'Northwind Cloud Practitioner',
    'linkedin-organization': 'Northwind Cloud Certification',
    'linkedin-issued': 'November 2026',
    'linkedin-expires': 'November 2028',
    'linkedin-id': badge.certificationNumber,
    'linkedin-url': badge.links.page,
  })
})

t.test('LinkedIn is given no end of a badge that has none', (t) => {
  const { expiresOn: _, validUntil: __, ...view } = ownBadges.public.view
  t.same(copied(share({ badge: { ...ownBadges.public, view } }), 'linkedin-'), {
    'linkedin-name': view.achievement.name,
    'linkedin-organization': view.issuer.name,
    'linkedin-issued': 'November 2026',
    'linkedin-id': view.certificationNumber,
    'linkedin-url': view.links.page,
  })
  t.end()
})

t.test('posts and mails say what was earned, and of whom; so does the quote', async (t) => {
  const { badge, body } = await sharePageOf(t as Test, 'public')
  const { page } = badge.links
  const [name, issuer] = ['Northwind Cloud Practitioner', 'Northwind Cloud Certification']
  const post = `I earned the certification ${name} of ${issuer}.`
  const subject = `My certification: ${name}`
  const said = (place: string, field: string) => {
    const links = [...body.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => decoded(href))
    const found = links.find((href) => href.startsWith(place)) ?? 'none:'
    return new URL(found).searchParams.get(field)
  }
  t.equal(said('https://x.com/', 'text'), post)
  t.equal(said('https://service.weibo.com/', 'title'), post)
  t.equal(said('https://service.weibo.com/', 'pic'), `${page}/card.png`)
  t.equal(said('mailto:', 'subject'), subject)
  t.match(said('mailto:', 'body'), `Hello,\r\n\r\n${post}\r\n\r\n`)
  t.match(said('mailto:', 'body'), `\r\n${page}\r\n`)
  t.match(body, `data-share data-title="${subject}" data-text="${post}" data-url="${page}"`)
  const quote = /<textarea id="quote"[^>]*>([^<]*)</.exec(body)?.[1] ?? ''
  t.equal(
    decoded(quote),
    `<blockquote cite="${page}"><p><a href="${page}">${name}</a></p><p>张伟 · ${issuer}</p></blockquote>`,
  )
})
