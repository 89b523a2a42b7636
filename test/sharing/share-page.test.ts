import { readFileSync } from 'node:fs'
import t, { type Test } from 'tap'
import type { Visibility } from '../../schemas/badge.ts'
import type { Programme } from '../../schemas/programme.ts'
import { changedProgramme } from '../help/programme.ts'
import { change, get, issue, passEvent, start } from '../help/start.ts'
import { visitor } from '../help/visitor.ts'
import { arrive, signIn } from './arrive.ts'

const decoded = (text: string) => text.replaceAll('&amp;', '&').replaceAll('&#39;', "'")
const hrefs = (page: string) =>
  [...page.matchAll(/href="((?:https:|mailto:)[^"]*)"/g)].map(([, href = '']) => decoded(href))
const to = (page: string, start: string) => hrefs(page).find((href) => href.startsWith(start)) ?? ''

const places = [
  'https://www.linkedin.com/profile/add?',
  'https://www.linkedin.com/sharing/share-offsite/?',
  'https://x.com/intent/post?',
  'https://www.facebook.com/sharer/sharer.php?',
  'mailto:?',
  'https://service.weibo.com/share/share.php?',
]

async function scene(t: Test, visibility: Visibility, settings: Record<string, string> = {}) {
  const blazon = await start(t, { settings })
  const badge = await issue(blazon, { visibility: 'private' })
  const me = await arrive(blazon, badge.id, visibility)
  return { blazon, badge, me, at: `/my/badges/${badge.id}/share` }
}

t.test('a public badge is shared by its own address, everywhere', async (t) => {
  const { blazon, badge, me, at } = await scene(t as Test, 'public')
  t.match((await me.get(`/my/badges/${badge.id}`)).body, `href="${at}"`)
  const { body, headers } = await me.get(at)
  for (const place of places)
    t.ok(decodeURIComponent(to(body, place)).includes(badge.links.page), place)
  t.notMatch(body, 'share=')
  t.match(headers['content-security-policy'], "script-src 'self'")
  const frame = /<iframe src="([^"]*)"/.exec(decodedCode(body, 'frame'))?.[1]
  t.equal((await get(blazon, String(frame))).statusCode, 200)
  const signature = decodedCode(body, 'signature-code')
  const picture = /<img src="([^"]*)"/.exec(signature)?.[1]
  t.equal((await get(blazon, String(picture))).headers['content-type'], 'image/png')
  t.ok(body.includes(`<div class="paper">${signature}</div>`), 'what is shown is what is copied')
  t.notMatch(signature, /style=|data:|<svg|<script/)
})

t.test('a name that cannot be drawn is no reason not to share, without a card', async (t) => {
  const blazon = await start(t as Test)
  const strange = { ...passEvent().candidate, fullName: '\u{12000}\u{12001}' }
  const badge = await issue(blazon, { candidate: strange, visibility: 'private' })
  const me = await arrive(blazon, badge.id, 'public')
  const { status, body } = await me.get(`/my/badges/${badge.id}/share`)
  t.equal(status, 200)
  for (const place of places)
    t.ok(decodeURIComponent(to(body, place)).includes(badge.links.page), place)
  t.notMatch(body, 'card.png')
})

t.test(
  'one button makes a private badge shareable, and every address carries its new link',
  async (t) => {
    const { blazon, badge, me, at } = await scene(t as Test, 'private')
    const page = await me.get(at)
    for (const place of places) t.equal(to(page.body, place), '', place)
    await me.get(`/my/badges/${badge.id}`)
    const made = await me.send(at)
    t.equal(made.status, 201)
    const link = /https:\/\/[^"\s<]+\?share=[\w-]+/.exec(made.body)?.[0] ?? ''
    for (const place of places) t.ok(decodeURIComponent(to(made.body, place)).includes(link), place)
    t.notMatch(made.body, /iframe|signature\.png|card\.png/, 'nothing that needs a public badge')
    const opened = await visitor(blazon).get(link)
    t.equal(opened.status, 200)
    t.ok(opened.body.includes('张伟'), 'with the name, since the badge is set to show it')
    t.notMatch(opened.body, /badge\.png|oembed|card\.png/)
    t.match((await me.get(`/my/badges/${badge.id}`)).body, 'For LinkedIn and other networks')
    t.notMatch((await me.get(at)).body, 'share=', 'the address is on the page that made it only')
  },
)

t.test('a link made to share shows no name when the badge shows none', async (t) => {
  const { blazon, badge, me, at } = await scene(t as Test, 'private')
  await change(blazon, badge.id, 'privacy', { nameDisplay: 'hidden' })
  await me.get(at)
  const made = await me.send(at)
  const link = /https:\/\/[^"\s<]+\?share=[\w-]+/.exec(made.body)?.[0] ?? ''
  t.notMatch((await visitor(blazon).get(link)).body, '张伟')
})

t.test('a badge that nobody could open is not shared, and its owner reads why', async (t) => {
  const { blazon, badge, me, at } = await scene(t as Test, 'public')
  const expiry = '2028-11-23T00:00:00.000Z'
  t.match(to((await me.get(at)).body, places[0] ?? ''), 'expirationYear=2028')
  await change(blazon, badge.id, 'privacy', { showExpired: false })
  blazon.clock.set(expiry)
  const back = (await signIn(blazon)).me
  const expired = (await back.get(at)).body
  t.match(expired, 'It has expired, and you chose not to show it then.')
  await change(blazon, badge.id, 'revoke', { class: 'withdrawn' })
  const revoked = (await back.get(at)).body
  t.match(revoked, 'It no longer holds')
  for (const page of [expired, revoked])
    for (const place of places) t.equal(to(page, place), '', place)
})

t.test(
  'LinkedIn is given the name of the organisation, or its number where the programme has it',
  async (t) => {
    const addressIn = async (settings = {}) => {
      const { me, at } = await scene(t as Test, 'public', settings)
      return to((await me.get(at)).body, places[0] ?? '')
    }
    const named = await addressIn()
    t.match(named, 'organizationName=Northwind%20Cloud%20Certification')
    t.notMatch(named, 'organizationId')
    const numbered = await addressIn({ PROGRAMME_FILE: changedProgramme(t as Test, asDocumented) })
    t.match(numbered, `organizationId=${documented.issuer.linkedIn.organizationId}`)
    t.notMatch(numbered, 'organizationName')
  },
)

t.test(
  'the programme file of docs/sharing.md is taken, and the page of the achievement says how to prepare',
  async (t) => {
    const file = changedProgramme(t as Test, asDocumented)
    const blazon = await start(t as Test, { settings: { PROGRAMME_FILE: file } })
    const page = await get(blazon, '/ob3/achievements/practitioner/1', { accept: 'text/html' })
    const [{ prepare }] = documented.achievements
    t.equal(prepare.length, 1)
    for (const { title, url } of prepare) t.match(page.body, `<a href="${url}">${title}</a>`)
  },
)

type Documented = {
  issuer: { linkedIn: { organizationId: string } }
  achievements: [{ prepare: { title: string; url: string }[] }]
}
const documentation = readFileSync(new URL('../../docs/sharing.md', import.meta.url), 'utf8')
const documented = JSON.parse(
  /```json sharing\n(.*?)```/s.exec(documentation)?.[1] ?? '',
) as Documented

/** The sample programme with what the documentation adds. */
function asDocumented(programme: Programme) {
  Object.assign(programme.issuer, documented.issuer)
  Object.assign(programme.achievements[0] ?? {}, documented.achievements[0])
}

function decodedCode(page: string, id: string): string {
  const text = new RegExp(`<textarea id="${id}"[^>]*>([^<]*)</textarea>`).exec(page)?.[1] ?? ''
  const marks = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' }
  return text.replace(/&(?:lt|gt|quot|#39|amp);/g, (mark) => marks[mark as keyof typeof marks])
}
