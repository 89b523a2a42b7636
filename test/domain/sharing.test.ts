import t from 'tap'
import { countOf, postText } from '../../src/domain/holders/post-text.ts'
import { channels, type Sharing, sharingLinks } from '../../src/domain/holders/sharing-links.ts'
import { badge } from '../pages/sample-views.ts'
import { expected } from './sharing-table.ts'

t.test('every address that a badge is shared by is the one in the table', (t) => {
  for (const { what, sharing, links } of expected)
    for (const channel of channels)
      t.equal(sharingLinks(sharing)[channel], links[channel], `${what}: ${channel}`)
  t.end()
})

t.test('each address says to its place what was meant, letter for letter', (t) => {
  for (const { what, sharing } of expected) {
    const links = sharingLinks(sharing)
    const { view, page, said } = sharing
    const read = (address: string) => new URL(address).searchParams
    t.equal(read(links.linkedInProfile).get('name'), view.achievement.name, what)
    t.equal(read(links.linkedInProfile).get('certUrl'), page, what)
    t.equal(read(links.linkedInPost).get('url'), page, what)
    t.equal(read(links.x).get('text'), said.post, what)
    t.equal(read(links.weibo).get('title'), said.post, what)
    t.equal(read(links.mail).get('body'), said.body.replace(/\r?\n/g, '\r\n'), what)
    for (const address of Object.values(links)) t.match(address, /^[!-~]+$/, what)
  }
  t.end()
})

t.test('LinkedIn gets both fields of the end or neither, and months from 1 to 12', (t) => {
  const said = { post: '', subject: '', body: '' }
  const fields = (changes: Partial<Sharing['view']>) =>
    new URL(
      sharingLinks({ view: { ...badge, ...changes }, page: 'https://a.example/', said })
        .linkedInProfile,
    ).searchParams
  for (let month = 1; month <= 12; month += 1) {
    const day = `2026-${String(month).padStart(2, '0')}-01`
    const read = fields({ earnedOn: day, expiresOn: day.replace('2026', '2028') })
    t.equal(read.get('issueMonth'), String(month))
    t.equal(read.get('issueYear'), '2026')
    t.equal(read.get('expirationMonth'), String(month))
    t.equal(read.get('expirationYear'), '2028')
  }
  const { expiresOn: _, ...endless } = badge
  const address = sharingLinks({ view: endless, page: 'https://a.example/', said }).linkedInProfile
  t.notMatch(address, /expiration/)
  t.end()
})

t.test('a post and its address fit into what X takes, and no character is cut in two', (t) => {
  const long = [
    'I earned '.repeat(60),
    '解决方案架构师'.repeat(40),
    'مهندس حلول معتمد '.repeat(40),
    '👩🏽‍💻🎓'.repeat(60),
    'e\u0301'.repeat(300),
  ]
  for (const text of long) {
    const post = postText(text)
    t.ok(countOf(post) + 1 + 23 <= 280, `${countOf(post)}`)
    t.ok(countOf(post) > 220, 'and is not cut shorter than it must be')
    t.match(post, /…$/)
    t.ok(post.isWellFormed())
    t.ok(text.startsWith(post.slice(0, -1)))
    t.notMatch(post.slice(0, -1), /[\u200d\ud800-\udbff]$/)
  }
  for (const text of ['', 'x'.repeat(256), '证'.repeat(128)]) t.equal(postText(text), text)
  t.equal(postText('x'.repeat(257)), `${'x'.repeat(254)}…`)
  t.equal(postText(`${'证'.repeat(128)}!`), `${'证'.repeat(127)}…`)
  t.end()
})
