import t, { type Test } from 'tap'
import type { Verdict } from '../../schemas/verdict.ts'
import { bakePng } from '../../src/baking/png.ts'
import { fileForms } from '../../src/domain/badge/badge-files.ts'
import { newSecret } from '../../src/domain/work/secret.ts'
import { keepShareLink } from '../../src/storage/badges/share-links.ts'
import { rest } from '../help/share.ts'
import { change, get, issue, passEvent, publicUrl, type Started, start } from '../help/start.ts'

const nothing = 'AAAAAAAAAAAAAAAAAAAAAA'

rest(t).test('the verifier takes an address exactly where a GET there answers', async (t) => {
  const blazon = await start(t as Test)
  const { links } = await issue(blazon)
  const slug = links.page.split('/').at(-1) ?? ''
  const id = links.assertion.split('/').at(-1) ?? ''
  const encoded = `%${slug.charCodeAt(0).toString(16)}${slug.slice(1)}`
  const paths = [
    ...[`/b/${slug}`, `/b/${slug}.json`, `/embed/${slug}`, `/ob2/assertions/${id}`],
    ...fileForms.map((form) => `/b/${slug}/${form}`),
    ...[
      'certificate.pdf',
      'card.png',
      'signature.png',
      'nonsense.bin',
      'credential',
      'credential.json.json',
    ].map((form) => `/b/${slug}/${form}`),
    ...[`/b/${encoded}`, `/%62/${slug}`, `/b/${slug}%2Ejson`, `/b%2F${slug}`, `/b/${slug}%`],
    ...[`/B/${slug}`, `/b/${slug}.JSON`, `/b/${slug}.xml`, `//b/${slug}`, `/b//${slug}`],
    ...[`/b/x/../${slug}`, `/b/${slug}x`, `/b/${slug.slice(1)}`, `/b/${nothing}`],
    ...[`/ob2/assertions/${slug}`, `/ob2/assertions/${id}.json`, `/b/${id}`, '/', '/ob3/issuer'],
  ]
  const all = paths.flatMap((path) => [path, `${path}/`, `${path}?a=b&c=/`, `${path}#part`])
  const answered = new Map([
    [true, 0],
    [false, 0],
  ])
  for (const path of all) {
    const isBadges = !['/', '/ob3/issuer'].includes(path.replace(/[?#].*$/, ''))
    const there = isBadges && (await get(blazon, publicUrl + path)).statusCode === 200
    answered.set(there, (answered.get(there) ?? 0) + 1)
    const { verdict, checks } = await verify(blazon, publicUrl + path)
    t.equal(verdict, there ? 'valid' : 'could-not-check', path)
    if (!there)
      t.match(JSON.stringify(checks), /no address of a badge|cannot confirm a badge/, path)
  }
  t.ok((answered.get(true) ?? 0) > 40 && (answered.get(false) ?? 0) > 40, 'both kinds were asked')
})

t.test(
  'an address with a share link is judged as far as the link shows the badge there',
  async (t) => {
    const blazon = await start(t as Test)
    const { id, links } = await issue(blazon)
    await change(blazon, id, 'privacy', { visibility: 'link' })
    const secretOf = async (withFiles: boolean, viewLimit: number | null = null) => {
      const { secret, hash } = newSecret(blazon.tools.random)
      await keepShareLink(blazon.tools.db, hash, {
        ...{ id: secret, badgeId: id, label: '', withName: false, withFiles },
        ...{ withCertificate: false, createdAt: blazon.tools.now(), expiresAt: null },
        ...{ viewLimit, views: viewLimit ?? 0, seenAt: null },
      })
      return secret
    }
    const shares = {
      files: `share=${await secretOf(true)}`,
      page: `lang=en&share=${await secretOf(false)}`,
      usedUp: `share=${await secretOf(true, 2)}`,
      twice: `share=${await secretOf(true)}&share=x`,
      none: 'share=',
    }
    const slug = new URL(links.page).pathname
    const addresses = [
      ...[links.page, `${links.page}.json`, `${links.page}/`, links.assertion],
      ...fileForms.map((form) => `${links.page}/${form}`),
      ...['card.png', 'signature.png'].map((form) => `${links.page}/${form}`),
      publicUrl + slug.replace('/b/', '/embed/'),
    ]
    const opened = new Map<string, number>()
    for (const [what, share] of Object.entries(shares))
      for (const address of addresses) {
        const asked = `${address}?${share}`
        const there = (await get(blazon, asked)).statusCode === 200
        opened.set(what, (opened.get(what) ?? 0) + Number(there))
        const { verdict } = await verify(blazon, asked)
        t.equal(verdict, there ? 'valid' : 'could-not-check', `${what}: ${address}`)
      }
    t.ok((opened.get('files') ?? 0) > (opened.get('page') ?? 0), 'files are opened by one of two')
    t.ok((opened.get('page') ?? 0) > 3)
    t.same(
      ['usedUp', 'twice', 'none'].map((what) => opened.get(what)),
      [0, 0, 0],
    )
  },
)

t.test(
  'a host is the same in capitals and with the port of its scheme, and another is not',
  async (t) => {
    const blazon = await start(t as Test)
    const path = new URL((await issue(blazon)).links.page).pathname
    const cases: [string, string][] = [
      ['https://badges.example.test', 'valid'],
      ['https://BADGES.Example.TEST', 'valid'],
      ['HTTPS://badges.example.test:443', 'valid'],
      ['https://badges.example.test:444', 'could-not-check'],
      ['http://badges.example.test', 'could-not-check'],
      ['https://badges.example.test.evil.example', 'could-not-check'],
      ['https://badges.example.test@evil.example', 'could-not-check'],
    ]
    for (const [host, verdict] of cases)
      t.match(await verify(blazon, host + path), { verdict }, host)
  },
)

t.test(
  'a picture that carries the address of an assertion is judged by that address',
  async (t) => {
    const blazon = await start(t as Test)
    const badge = await issue(blazon)
    const plain = (await get(blazon, badge.links.image)).rawPayload
    const judge = async (address: string) => {
      const payload = bakePng(plain, { openbadges: address })
      const headers = { 'content-type': 'image/png' }
      return (
        await blazon.app.inject({ method: 'POST', url: '/v1/verify', headers, payload })
      ).json()
    }
    const { assertion } = badge.links
    t.match(await judge(assertion), { verdict: 'valid' })
    for (const address of [`${publicUrl}/ob2/assertions/${nothing}`, 'https://other.example/a/1'])
      t.match(await judge(address), { verdict: 'could-not-check' }, address)
    await change(blazon, badge.id, 'suspend')
    t.match(await judge(assertion), { verdict: 'suspended' })
    await change(blazon, badge.id, 'revoke', { class: 'withdrawn' })
    t.match(await judge(assertion), { verdict: 'revoked' })
  },
)

t.test('an address in a picture lends nothing to the credential of another badge', async (t) => {
  const blazon = await start(t as Test)
  const one = await issue(blazon)
  const two = await issue(blazon, {
    resultId: 'R-2',
    candidate: { ...passEvent().candidate, id: 'C-2' },
  })
  const plain = (await get(blazon, one.links.image)).rawPayload
  const credential = (await get(blazon, one.links.credential)).body
  const judge = async (openbadges: string) => {
    const payload = bakePng(plain, { openbadges, openbadgecredential: credential })
    const headers = { 'content-type': 'image/png' }
    return (await blazon.app.inject({ method: 'POST', url: '/v1/verify', headers, payload })).json()
  }
  t.match(await judge(one.links.assertion), {
    verdict: 'valid',
    checks: [{ reason: 'All that the picture holds speaks of one badge.' }],
  })
  t.match(await judge(two.links.assertion), {
    verdict: 'invalid',
    checks: [{ reason: 'The picture holds documents of different badges.' }],
  })
  await change(blazon, two.id, 'privacy', { visibility: 'private' })
  const hidden = await judge(two.links.assertion)
  t.match(hidden, { verdict: 'could-not-check' }, 'a private one is not told from none')
  const none = await judge(`${publicUrl}/ob2/assertions/${nothing}`)
  const told = ({ checks }: Verdict) =>
    checks.map(({ name, result, reason }) => [name, result, reason])
  t.same(told(hidden), told(none))
})

let callers = 0
/** Each from another address, so that no limit by caller answers. */
async function verify({ app }: Started, url: string) {
  callers += 1
  const remoteAddress = `198.51.${callers >> 8}.${callers & 255}`
  const answer = await app.inject({
    method: 'POST',
    url: '/v1/verify',
    payload: { url },
    remoteAddress,
  })
  return answer.json()
}
