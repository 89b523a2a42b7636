import t, { type Test } from 'tap'
import { rest } from '../help/share.ts'
import { get, issue, passEvent } from '../help/start.ts'
import { attacker, type Foe } from './attacker.ts'
import { missingBrowser, openBrowser } from './browser.ts'
import { lastLink, live } from './live.ts'
import { mailed } from './own-states.ts'
import { sit } from './watch.ts'

t.setTimeout(300_000)
const skip = missingBrowser()
if (skip) t.comment(skip)

const { email } = passEvent().candidate

/** Somebody who claimed a badge by its mail, privately, and is signed in; and somebody who means them ill. */
async function scene(t: Test) {
  const blazon = await live(t)
  const browser = await openBrowser()
  t.teardown(() => browser.close())
  const badge = await issue(blazon, { visibility: 'private' })
  const { context, page } = await sit(browser, blazon.origin)
  const claim = await lastLink(blazon)
  await page.goto(claim)
  await page.getByRole('radio', { name: /^Only me/ }).check()
  await page.getByRole('button', { name: 'Claim my badge' }).click()
  await page.getByText('The badge is yours.').waitFor()
  return { blazon, browser, badge, context, page, claim, foe: await attacker(t) }
}

/** Another site altogether, which is sent no cookie of ours; and another port of this host, which is. */
const places = ['cross-site', 'same-site'] as const satisfies (keyof Foe)[]

rest(t).test(
  'a form on another origin changes nothing, with the victim’s cookies and even with the token of their forms',
  { skip },
  async (t) => {
    const { blazon, badge, context, page, foe } = await scene(t as Test)
    const form = (await page.locator('input[name=form]').first().getAttribute('value')) ?? ''
    const other = await issue(blazon, { resultId: 'R-2', exam: 'PR000002', visibility: 'private' })
    const secret = await mailed(blazon, { purpose: 'claim', email, badgeId: other.id })
    const settings = { visibility: 'public', nameDisplay: 'full' }
    const forms: [string, Record<string, string>][] = [
      [`/my/badges/${badge.id}/privacy`, settings],
      [`/my/badges/${badge.id}/links`, { label: 'x', expires: '', viewLimit: '' }],
      [`/my/badges/${badge.id}/share`, {}],
      [`/my/badges/${other.id}/claim`, { answer: 'public' }],
      [`/claim/${secret}`, { answer: 'public' }],
      ['/my/addresses', { email: 'thief@example.com' }],
      ['/my/sign-out', {}],
      ['/my/erase', { copies: 'revoke', sure: 'on' }],
    ]
    for (const place of places)
      for (const [action, fields] of forms)
        for (const token of ['', form]) {
          await page.goto(foe[place].form(`${blazon.origin}${action}`, { ...fields, form: token }))
          const answer = page.waitForResponse((one) => one.request().method() === 'POST')
          await page.getByRole('button').click()
          const told = await answer
          const about = `${place} ${action} ${token ? 'with' : 'without'} the token`
          // Without a cookie there is no session, so the forms of owners lead to signing in.
          const signedOut = place === 'cross-site' && action.startsWith('/my')
          t.equal(told.status(), signedOut ? 303 : 403, about)
        }
    await page.goto(`${blazon.origin}/my/account`)
    t.notMatch(await page.locator('main').innerText(), 'thief')
    for (const { id, links } of [badge, other]) {
      t.equal((await get(blazon, links.page)).statusCode, 404, 'still private')
      await page.goto(`${blazon.origin}/my/badges/${id}`)
      t.notMatch(
        await page.locator('main').innerText(),
        /[1-9]\d* share link|You made (a share link|it public)/,
      )
    }
    t.match(await context.cookies(blazon.origin), [
      { httpOnly: true, sameSite: 'Lax' },
      { httpOnly: true, sameSite: 'Lax' },
    ])
  },
)

rest(t).test(
  'a script on another origin reads nothing that the victim sees',
  { skip },
  async (t) => {
    const { blazon, badge, page, foe } = await scene(t as Test)
    for (const place of places)
      for (const path of ['/my/account', '/my/export', `/my/badges/${badge.id}`]) {
        await page.goto(foe[place].empty)
        const read = (credentials: string) =>
          page.evaluate(
            `fetch('${blazon.origin}${path}', { credentials: '${credentials}' }).then((one) => one.text(), () => 'refused')`,
          )
        t.equal(await read('include'), 'refused', `${place} ${path}`)
        t.match(await read('omit'), 'there is no password', 'without cookies, like anybody')
      }
  },
)

rest(t).test(
  'cookies that were planted before signing in are worth nothing after it, nor is the form of before',
  { skip },
  async (t) => {
    const { blazon, browser, badge, context: thief, page: thiefs } = await scene(t as Test)
    const planted = await thief.cookies(blazon.origin)
    const form = (await thiefs.locator('input[name=form]').first().getAttribute('value')) ?? ''
    const victim = await sit(browser, blazon.origin)
    await victim.context.addCookies(planted)
    const other = { ...passEvent().candidate, id: 'C-victim', email: 'victim@example.com' }
    const own = await issue(blazon, { resultId: 'R-v', candidate: other, visibility: 'private' })
    await victim.page.goto(await lastLink(blazon))
    await victim.page.getByRole('button', { name: 'Claim my badge' }).click()
    await victim.page.getByText('The badge is yours.').waitFor()
    const after = await victim.context.cookies(blazon.origin)
    t.equal(after.length, 2)
    for (const { name, value } of after)
      t.not(value, planted.find((one) => one.name === name)?.value, `${name} is another one`)
    const old = await victim.context.request.post(`${blazon.origin}/my/sign-out`, {
      form: { form },
    })
    t.equal(old.status(), 403, 'a form of before does not serve after')
    const seen = await thiefs.goto(`${blazon.origin}/my/badges/${own.id}`)
    t.equal(seen?.status(), 404, 'the thief is not signed in as the victim')
    const mine = await victim.page.goto(`${blazon.origin}/my/badges/${badge.id}`)
    t.equal(mine?.status(), 404, 'nor the victim as the thief')
    const made = await sit(browser, blazon.origin)
    const value = 'F'.repeat(43)
    await made.context.addCookies([{ name: 'blazon-session', value, url: blazon.origin }])
    await made.page.goto(`${blazon.origin}/my/badges`)
    t.match(made.page.url(), '/sign-in', 'a secret that nobody was given signs nobody in')
  },
)

rest(t).test('no address of ours leads away, whatever it is told', { skip }, async (t) => {
  const { blazon, browser, claim, foe } = await scene(t as Test)
  const guest = await sit(browser, blazon.origin)
  const { host } = new URL(foe['cross-site'].empty)
  const ways = [`http://${host}/`, `//${host}/`, `/\\${host}/`, `\\\\${host}/`, `/%09/${host}/`]
  const names = ['next', 'return', 'returnTo', 'return_to', 'redirect', 'url', 'continue', 'done']
  const signIn = await mailed(blazon, { purpose: 'sign-in', email })
  const queries = ways.map((way) =>
    new URLSearchParams(names.map((name) => [name, way])).toString(),
  )
  const paths = ['/sign-in', '/my', '/my/badges', new URL(claim).pathname, `/sign-in/${signIn}`]
  const addresses = [
    ...queries.flatMap((query) => paths.map((path) => `${path}?${query}`)),
    ...ways.slice(1).flatMap((way) => [way, `${way}%2e%2e`, `/my/${way}`, `/b/${way}`]),
  ]
  for (const address of addresses) {
    await guest.page.goto(blazon.origin + address)
    t.equal(new URL(guest.page.url()).origin, blazon.origin, address)
  }
  await guest.page.goto(`${blazon.origin}/sign-in/${signIn}?${queries[0]}`)
  await guest.page.getByRole('button', { name: 'Sign in' }).click()
  t.equal(guest.page.url(), `${blazon.origin}/my/badges`, 'nor does signing in')
  t.equal(foe.asked(), 0, 'the other host was never asked')
})

rest(t).test('no page of ours is shown inside a page of another origin', { skip }, async (t) => {
  const { blazon, badge, page, claim, foe } = await scene(t as Test)
  const own = [`/my/badges/${badge.id}`, '/my/account', '/my/erase', `/b/${pathOf(badge)}`]
  const addresses = [claim, ...[...own, '/sign-in', '/'].map((path) => blazon.origin + path)]
  for (const place of places)
    for (const address of addresses)
      for (const element of ['iframe', 'object', 'embed'] as const) {
        await page.goto(foe[place].frame(address, element), { waitUntil: 'load' })
        const inside = page.frames().filter((frame) => frame !== page.mainFrame())
        for (const frame of inside) {
          t.notMatch(frame.url(), blazon.origin, `${place} ${element} ${address}`)
          // An object that is refused takes its frame away again.
          const words = await frame.content().catch(() => 'gone')
          t.notMatch(words, /Northwind/, `${place} ${element} ${address}`)
        }
      }
  await page.goto(foe['same-site'].frame(`${foe['cross-site'].empty}`, 'iframe'))
  t.match(await page.frames()[1]?.locator('body').innerText(), 'Nothing to see', 'others are')
})

const pathOf = ({ links }: { links: { page: string } }) => links.page.split('/').at(-1)
