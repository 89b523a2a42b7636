import type { Browser } from 'playwright-core'
import type { Test } from 'tap'
import type { BadgeAnswer, Visibility } from '../../schemas/badge.ts'
import { claimByLink } from '../../src/actions/holders/claim-badge.ts'
import { shareBadge } from '../../src/actions/holders/share-badge.ts'
import { signIn } from '../../src/actions/holders/sign-in.ts'
import { makeMailLink } from '../../src/actions/support/mail-links.ts'
import { agentOf } from '../../src/domain/people/session.ts'
import { change, clockAt, issue, passEvent } from '../help/start.ts'
import { type Live, live } from './live.ts'

/** Somebody with a badge, and the secret of their session. */
export type Holder = { email: string; accountId: string; session: string; badge: BadgeAnswer }

type World = { blazon: Live; agent: string }

const longAgo = '2026-10-01T04:00:00.000Z'
const present = '2026-11-22T04:00:00.000Z'
const on = (day: string) => ({
  startedAt: `${day}T09:00:00+08:00`,
  endedAt: `${day}T10:00:00+08:00`,
})

/** A live Blazon with somebody signed in for every state in which a badge can be. */
export async function everyState(t: Test, browser: Browser) {
  const blazon = await live(t, clockAt(longAgo))
  const world = { blazon, agent: await agentIn(browser) }
  const passed = on('2026-09-30')
  const late = await holder(world, 'late', 'decline', passed)
  const renewed = await holder(world, 'renewed', 'public', on('2024-11-01'))
  blazon.clock.set(present)
  const newer = await pass(world, 'renewed', { resultId: 'R-newer', ...on('2026-10-20') })
  await change(blazon, newer.id, 'privacy', { visibility: 'public' })
  const states = {
    unclaimed: await unclaimed(world, 'unclaimed', passed),
    private: await holder(world, 'private', 'private', passed),
    'by link': await holder(world, 'link', 'link', passed),
    public: await holder(world, 'public', 'public', passed),
    expired: await holder(world, 'expired', 'public', on('2020-01-01')),
    suspended: await holder(world, 'suspended', 'public', passed),
    revoked: await holder(world, 'revoked', 'public', passed),
    declined: await holder(world, 'declined', 'decline', passed),
    'declined long ago': await again(world, late),
    'renewed, the old one': await again(world, renewed),
    'renewed, the new one': { ...(await again(world, renewed)), badge: newer },
  }
  await change(blazon, states.suspended.badge.id, 'suspend')
  await change(blazon, states.revoked.badge.id, 'revoke', { class: 'withdrawn' })
  return { ...world, states, share: await share(blazon, states['by link']) }
}

/** How this browser is named where sessions are listed; a session works in no other. */
async function agentIn(browser: Browser): Promise<string> {
  const page = await browser.newPage()
  const agent = await page.evaluate('navigator.userAgent')
  await page.close()
  return agentOf(String(agent))
}

const emailOf = (name: string) => `${name}@example.com`

async function pass({ blazon }: World, name: string, changes: object): Promise<BadgeAnswer> {
  const candidate = { ...passEvent().candidate, id: `C-${name}`, email: emailOf(name) }
  return issue(blazon, { resultId: `R-${name}`, candidate, visibility: 'private', ...changes })
}

async function unclaimed(world: World, name: string, changes: object): Promise<Holder> {
  const badge = await pass(world, name, changes)
  return again(world, { email: emailOf(name), accountId: '', session: '', badge })
}

async function holder(
  world: World,
  name: string,
  answer: Visibility | 'decline',
  changes: object,
): Promise<Holder> {
  const badge = await pass(world, name, changes)
  const email = emailOf(name)
  const secret = await mailed(world.blazon, { purpose: 'claim', email, badgeId: badge.id })
  const claimed = await claimByLink(world.blazon.tools, {
    secret,
    answer: answer === 'decline' ? answer : { visibility: answer },
    agent: world.agent,
  })
  if (!claimed) throw new Error(`${name} could not claim`)
  return { email, accountId: claimed.accountId, session: claimed.secret, badge }
}

/** The same person, signed in anew. */
async function again({ blazon, agent }: World, known: Holder): Promise<Holder> {
  const secret = await mailed(blazon, { purpose: 'sign-in', email: known.email })
  const signedIn = await signIn(blazon.tools, { secret, agent })
  if (!signedIn) throw new Error(`${known.email} could not sign in`)
  return { ...known, accountId: signedIn.accountId, session: signedIn.secret }
}

/** The secret of a link as it is mailed. */
export async function mailed(
  { tools }: Pick<Live, 'tools'>,
  wanted: Parameters<typeof makeMailLink>[1],
): Promise<string> {
  const { url } = await makeMailLink(tools, wanted)
  return url.split('/').at(-1) ?? ''
}

/** A share link without a name, with files. */
async function share({ tools }: Live, { badge, accountId }: Holder): Promise<string> {
  const wanted = {
    label: 'Contoso',
    withName: false,
    withFiles: true,
    withCertificate: true,
    expiresAt: null,
    viewLimit: null,
  }
  return (await shareBadge(tools, { accountId, badgeId: badge.id, wanted })).url
}
