import t, { type Test } from 'tap'
import { makeMailLink } from '../../src/actions/support/mail-links.ts'
import { onEachDatabase, sqliteDatabase } from '../help/databases.ts'
import { linkIn, runMails, startWithMail } from '../help/mails.ts'
import { change, get, issue, passEvent, post, type Started } from '../help/start.ts'
import { type Visitor, visitor } from '../help/visitor.ts'

const candidate = passEvent().candidate
const second = { ...candidate, id: 'C-2', fullName: 'Maria Ferreira', email: 'maria@example.com' }

/** Signs somebody in by a link, as if it had been mailed. */
async function signIn(blazon: Started, email: string, agent?: string): Promise<Visitor> {
  const somebody = visitor(blazon, agent)
  const { url } = await makeMailLink(blazon.tools, { purpose: 'sign-in', email })
  await somebody.get(url)
  const { location } = await somebody.send(new URL(url).pathname)
  if (location !== '/my/badges') throw new Error(`not signed in: ${location}`)
  return somebody
}

onEachDatabase(
  t,
  'a claimed badge stays its owner’s when the exam system gives the candidate somebody else’s address; an unclaimed one follows',
  async (t, database) => {
    const blazon = await startWithMail(t, database)
    const claimed = await issue(blazon, { visibility: 'private' })
    const open = await issue(blazon, { resultId: 'R-2', exam: 'PR000002', visibility: 'private' })
    const owner = await signIn(blazon, candidate.email)
    await owner.get(`/my/badges/${claimed.id}`)
    await owner.send(`/my/badges/${claimed.id}/claim`, { answer: 'private' })
    const moved = { ...candidate, email: 'somebody.else@example.com' }
    for (const [resultId, exam] of [
      ['R-2026-000123', 'PR000001'],
      ['R-2', 'PR000002'],
    ])
      await post(blazon, passEvent({ resultId, exam, revision: 2, candidate: moved }))
    const other = await signIn(blazon, moved.email)
    t.equal((await owner.get(claimed.links.page)).status, 200)
    t.equal((await other.get(claimed.links.page)).status, 404)
    t.equal((await other.get(`/my/badges/${claimed.id}`)).status, 404)
    t.equal((await other.get(open.links.page)).status, 200)
    t.equal((await owner.get(open.links.page)).status, 404)
  },
)

onEachDatabase(
  t,
  'a claim link is worth nothing once the address was wrong',
  async (t, database) => {
    const blazon = await startWithMail(t, database)
    await issue(blazon, { visibility: 'private' })
    await runMails(blazon)
    const claim = linkIn(blazon.inbox.mails[0]?.mail.text)
    const stranger = visitor(blazon)
    await stranger.get(claim)
    await post(
      blazon,
      passEvent({ revision: 2, candidate: { ...candidate, email: 'right@example.com' } }),
    )
    const late = await stranger.send(new URL(claim).pathname, { answer: 'public' })
    t.equal(late.status, 410)
    t.notMatch(late.body, candidate.fullName)
    t.equal((await stranger.get('/my/badges')).location, '/sign-in')
  },
)

onEachDatabase(
  t,
  'an address is added by its link, in the browser that asked; main, removed, brought along, refused',
  async (t, database) => {
    const blazon = await startWithMail(t, database)
    await issue(blazon, { visibility: 'private' })
    await issue(blazon, { resultId: 'R-2', candidate: second, visibility: 'private' })
    const owner = await signIn(blazon, candidate.email)
    await signIn(blazon, second.email)
    const add = async (email: string) => {
      await owner.get('/my/account')
      t.match((await owner.send('/my/addresses', { email })).location, 'address-asked')
      await runMails(blazon)
      return linkIn(blazon.inbox.mails.at(-1)?.mail.text)
    }
    const link = await add(second.email)
    t.match(link, '/address/')
    const stranger = await signIn(blazon, 'stranger@example.com')
    t.equal((await stranger.get(link)).status, 404, 'of no use to somebody else')
    await owner.get(link)
    t.match((await owner.send(new URL(link).pathname)).location, 'address-added')
    t.match((await owner.get('/my/badges')).body, /Practitioner.*Practitioner/s)
    await owner.get(link)
    t.match((await owner.get(link)).body, /account/, 'spent')

    await owner.get('/my/account')
    const refused = await owner.post('/my/addresses/remove', {
      form: tokenIn((await owner.get('/my/account')).body),
      email: candidate.email,
    })
    t.match([refused.status, refused.body], [409, /main address/])
    await owner.get('/my/account')
    await owner.send('/my/addresses/main', { email: second.email })
    await owner.get('/my/account')
    t.match(
      (await owner.send('/my/addresses/remove', { email: candidate.email })).location,
      'removed',
    )
    for (const email of ['no address', second.email]) {
      await owner.get('/my/account')
      t.equal((await owner.send('/my/addresses', { email })).status, 422, email)
    }
    const foreign = { form: tokenIn((await owner.get('/my/account')).body), email: candidate.email }
    t.equal((await owner.post('/my/addresses/main', foreign)).status, 404)
  },
)

onEachDatabase(
  t,
  'sessions are listed, ended, and change their secret each day',
  async (t, database) => {
    const blazon = await startWithMail(t, database)
    await issue(blazon, { visibility: 'private' })
    const here = await signIn(blazon, candidate.email)
    const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 20_0) Version/20.0 Safari/604.1'
    const there = await signIn(blazon, candidate.email, phone)
    t.match(
      (await here.get('/my/account')).body,
      /Firefox on Linux.*Safari on iPhone|Safari on iPhone.*Firefox on Linux/s,
    )
    await here.send('/my/sessions/end', { id: 'others' })
    t.equal((await there.get('/my/badges')).location, '/sign-in')
    t.equal((await here.get('/my/badges')).status, 200)

    const name = '__Host-blazon-session'
    const before = here.cookies.get(name) ?? ''
    blazon.clock.set('2026-11-23T05:00:00.000Z')
    await here.get('/my/badges')
    t.not(here.cookies.get(name), before)
    const old = visitor(blazon)
    old.cookies.set(name, before)
    t.equal((await old.get('/my/badges')).status, 200, 'what was under way')
    blazon.clock.set('2026-11-23T05:02:00.000Z')
    t.equal((await old.get('/my/badges')).location, '/sign-in')
    await here.get('/my/account')
    t.equal((await here.send('/my/sign-out')).location, '/sign-in')
    const spent = visitor(blazon)
    spent.cookies.set(name, here.cookies.get(name) ?? before)
    t.equal((await spent.get('/my/badges')).location, '/sign-in')
  },
)

onEachDatabase(
  t,
  'a secret that was fixed beforehand signs nobody in; pages are framed by nobody; no address leads away',
  async (t, database) => {
    const blazon = await startWithMail(t, database)
    await issue(blazon, { visibility: 'private' })
    const victim = visitor(blazon)
    const fixed = 'F'.repeat(43)
    victim.cookies.set('__Host-blazon-session', fixed)
    const { url } = await makeMailLink(blazon.tools, { purpose: 'sign-in', email: candidate.email })
    await victim.get(url)
    const signedIn = await victim.send(new URL(url).pathname)
    t.not(victim.cookies.get('__Host-blazon-session'), fixed)
    const thief = visitor(blazon)
    thief.cookies.set('__Host-blazon-session', fixed)
    t.equal((await thief.get('/my/badges')).location, '/sign-in')
    t.match(
      String(signedIn.headers['set-cookie']),
      /session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax/,
    )
    for (const address of ['/sign-in', '/my/badges', '/my/account', url])
      t.match((await victim.get(address)).headers, {
        'x-frame-options': 'DENY',
        'content-security-policy': /frame-ancestors 'none'/,
      })
    for (const address of ['/sign-in?next=https://evil.example', '/my?next=//evil.example'])
      t.notMatch((await victim.get(address)).location, 'evil')
  },
)

onEachDatabase(
  t,
  'what a candidate declined an operator can open again, however late',
  async (t, database) => {
    const blazon = await startWithMail(t, database)
    const badge = await issue(blazon, { visibility: 'private' })
    const owner = await signIn(blazon, candidate.email)
    await owner.get(`/my/badges/${badge.id}`)
    await owner.send(`/my/badges/${badge.id}/claim`, { answer: 'decline' })
    blazon.clock.set('2027-03-01T00:00:00.000Z')
    const again = await signIn(blazon, candidate.email)
    const late = await again.post(`/my/badges/${badge.id}/claim`, {
      form: tokenIn((await again.get('/my/account')).body),
      answer: 'public',
    })
    t.equal(late.status, 409)
    await change(blazon, badge.id, 'reopen', { note: 'asked by phone' })
    await change(blazon, badge.id, 'reopen')
    await again.get(`/my/badges/${badge.id}`)
    t.equal((await again.send(`/my/badges/${badge.id}/claim`, { answer: 'public' })).status, 303)
    t.equal((await get(blazon, badge.links.page)).statusCode, 200)
  },
)

t.test('a share link is for somebody: blanks alone make none', async (t) => {
  const blazon = await startWithMail(t as Test, await sqliteDatabase(t as Test))
  const badge = await issue(blazon, { visibility: 'private' })
  const owner = await signIn(blazon, candidate.email)
  await owner.get(`/my/badges/${badge.id}`)
  await owner.send(`/my/badges/${badge.id}/claim`, { answer: 'private' })
  await owner.get(`/my/badges/${badge.id}`)
  const fields = { label: '   ', expires: '', viewLimit: '' }
  const answer = await owner.send(`/my/badges/${badge.id}/links`, fields)
  t.equal(answer.status, 422)
  t.match(answer.body, 'Say for whom the link is. No link was made.')
  t.match(answer.body, 'Private · valid until', 'and the badge is as private as before')
})

const tokenIn = (page: string) => /name="form" value="([^"]*)"/.exec(page)?.[1] ?? ''
