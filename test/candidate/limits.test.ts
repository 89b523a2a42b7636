import t, { type Test } from 'tap'
import { start } from '../help/start.ts'
import { visitor } from '../help/visitor.ts'

t.test(
  'sign-in mails are limited by caller, whom a proxy on this network tells apart; strangers cannot pretend',
  async (t) => {
    const blazon = await start(t as Test)
    const ask = async (from: string, peer = '10.0.0.2') => {
      const { app } = blazon
      const seen = visitor({
        app: {
          inject: (options: object) => app.inject({ ...options, remoteAddress: peer }),
        } as unknown as typeof app,
      })
      await seen.get('/sign-in')
      const page = await seen.get('/sign-in')
      const form = /name="form" value="([^"]*)"/.exec(page.body)?.[1] ?? ''
      const fields = { form, email: 'somebody@example.com' }
      return (await seen.post('/sign-in', fields, { 'x-forwarded-for': from })).status
    }
    for (let count = 0; count < 10; count += 1) t.equal(await ask('203.0.113.7'), 202)
    t.equal(await ask('203.0.113.7'), 429, 'the eleventh')
    t.equal(await ask('203.0.113.8'), 202, 'somebody else behind the same proxy')
    for (let count = 0; count < 10; count += 1)
      t.equal(await ask(`192.0.2.${count}`, '198.51.100.9'), 202)
    t.equal(await ask('192.0.2.99', '198.51.100.9'), 429, 'a stranger who says to be a proxy')
  },
)

t.test(
  'a form of another site, of another visit, or with no token at all is refused',
  async (t) => {
    const blazon = await start(t as Test)
    const one = visitor(blazon)
    const other = visitor(blazon)
    const page = await one.get('/sign-in')
    const form = /name="form" value="([^"]*)"/.exec(page.body)?.[1] ?? ''
    const email = 'somebody@example.com'
    t.equal((await one.post('/sign-in', { email })).status, 403)
    await other.get('/sign-in')
    t.equal((await other.post('/sign-in', { email, form })).status, 403, 'another visit')
    const cross = { 'sec-fetch-site': 'cross-site' }
    t.equal((await one.post('/sign-in', { email, form }, cross)).status, 403, 'another site')
    t.equal((await one.post('/sign-in', { email, form })).status, 202)
    const cookie = String(page.headers['set-cookie'])
    t.match(cookie, /^__Host-blazon-visit=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  },
)
