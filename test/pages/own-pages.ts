import { accountPage } from '../../src/pages/my/account/account-page.ts'
import { addressConfirmPage } from '../../src/pages/my/account/address-confirm-page.ts'
import { erasedPage, erasePage } from '../../src/pages/my/account/erase-page.ts'
import { myBadgePage } from '../../src/pages/my/badge/badge-page.ts'
import { myBadgesPage } from '../../src/pages/my/badge/badges-page.ts'
import { filesPage } from '../../src/pages/my/badge/files-page.ts'
import { claimPage } from '../../src/pages/my/claim/claim-page.ts'
import {
  type LinkState,
  signInConfirmPage,
  signInPage,
} from '../../src/pages/my/claim/sign-in-page.ts'
import { sharePage } from '../../src/pages/my/share/share-page.ts'
import { english, type Words } from '../../src/words/words.ts'
import * as own from './own-views.ts'
import { issuer } from './sample-views.ts'

export const site = { issuerName: issuer.name, token: 'a-token-of-the-form' }
const secret = 'q0dSvTjy3bqzMn2nqvLx8g'
const email = 'm…a@example.com'
const states: LinkState[] = ['open', 'over', 'unknown']
const list = Object.values(own.ownBadges)
const [first] = list

const newLink = {
  url: 'https://badges.northwind.example/b/4fWm2Qk9ZcR7tYxN1sLp0A?share=pPq1l7nq0JmXv2hQ9yT8dA',
  link: first?.shareLinks[0] as never,
}

/** The page of one of somebody's badges. */
export function myBadge(
  changes: Partial<Parameters<typeof myBadgePage>[0]>,
  t: Words = english,
): string {
  const facts = {
    ...site,
    badge: own.ownBadges.public,
    history: own.happenings,
    naming: own.namings.plain,
  }
  return myBadgePage({ ...facts, preselected: 'link', ...changes }, t)
}

const filedBadges = [
  'public',
  'open',
  'private',
  'revoked',
  'unprintable',
  'arabic',
  'long',
] as const

/** The page of a badge's files. */
export function files(
  changes: Partial<Parameters<typeof filesPage>[0]>,
  t: Words = english,
): string {
  const facts = { ...site, badge: own.ownBadges.public, addressFiles: own.addressFiles }
  return filesPage({ ...facts, emailHash: true, ...changes }, t)
}

/** The account page. */
export function account(
  changes: Partial<Parameters<typeof accountPage>[0]>,
  t: Words = english,
): string {
  const facts = { ...site, account: own.account, sessions: own.sessions, timeZone: 'Asia/Shanghai' }
  const profileAddress = 'https://badges.northwind.example/u/'
  return accountPage({ ...facts, profileAddress, ...changes }, t)
}

/** The page on which one of somebody's badges is shared. */
export function share(
  changes: Partial<Parameters<typeof sharePage>[0]>,
  t: Words = english,
): string {
  return sharePage({ ...site, badge: own.ownBadges.public, ...changes }, t)
}

/** What a claim link shows while it can be used. */
export function claim(
  badge: (typeof list)[number],
  facts: { mistake?: string } = {},
  t: Words = english,
): string {
  const claimable = { ...badge, preselected: 'link' as const }
  return claimPage({ ...site, ...facts, secret, state: 'open', email, badge: claimable }, t)
}

/** The pages on which a badge is claimed, which are in more languages than the rest. */
export const claimPagesIn = (t: Words): Record<string, string> => ({
  'sign in': signInPage(site, t),
  'sign in, mailed': signInPage({ ...site, sent: true }, t),
  ...Object.fromEntries(
    states.map((state) => [
      `sign-in link, ${state}`,
      signInConfirmPage({ ...site, secret, state, email }, t),
    ]),
  ),
  claim: claim(own.ownBadges.open, {}, t),
  'claim, long name': claim(own.ownBadges.long, {}, t),
  'claim, Arabic': claim(own.ownBadges.arabic, {}, t),
  'claim, suspended': claim(own.ownBadges.suspended, {}, t),
  'claim link, over': claimPage({ ...site, secret, state: 'over', email }, t),
  'claim link, unknown': claimPage({ ...site, secret, state: 'unknown' }, t),
})

/** Every page of candidates, in every state that one can meet it in, in a language that says everything. */
export const ownPagesIn = (t: Words): Record<string, string> => ({
  ...claimPagesIn(t),
  'sign in, mistaken': signInPage({ ...site, mistake: t.say('my.mistake.address-form') }, t),
  ...Object.fromEntries(
    states.map((state) => [
      `address link, ${state}`,
      addressConfirmPage({ ...site, secret, state, email }, t),
    ]),
  ),
  'claim, mistaken': claim(own.ownBadges.open, { mistake: t.say('my.mistake.sure') }, t),
  'my badges': myBadgesPage({ ...site, badges: list }, t),
  'my badges, none': myBadgesPage({ ...site, badges: [] }, t),
  ...Object.fromEntries(
    Object.entries(own.ownBadges).map(([name, badge]) => [
      `my badge, ${name}`,
      myBadge({ badge }, t),
    ]),
  ),
  'my badge, saved': myBadge({ done: t.say('my.done.settings') }, t),
  'my badge, link made': myBadge(
    {
      newLink,
    },
    t,
  ),
  ...Object.fromEntries(
    (['public', 'open', 'private', 'expired', 'revoked', 'with twenty links'] as const).map(
      (name) => [`share, ${name}`, share({ badge: own.ownBadges[name] }, t)],
    ),
  ),
  ...Object.fromEntries(
    filedBadges.map((name) => [`files, ${name}`, files({ badge: own.ownBadges[name] }, t)]),
  ),
  'files, of one address': files({ addressFiles: { made: [], offered: [] }, emailHash: false }, t),
  'files, made': files({ done: t.say('my.done.addressed') }, t),
  'share, link made': share({ badge: own.ownBadges['by link'], newLink }, t),
  ...Object.fromEntries(
    Object.entries(own.namings).map(([name, naming]) => [
      `my badge, name ${name}`,
      myBadge({ naming }, t),
    ]),
  ),
  'my badge, name mistaken': myBadge(
    {
      wish: { fullName: '张\n伟', latinName: '', reason: 'It has another character.' },
      mistake: t.say('nameFix.mistake.name-characters'),
    },
    t,
  ),
  account: account({}, t),
  'account, with a profile': account({ profile: own.profile }, t),
  'account, mistaken': account(
    {
      profile: { ...own.profile, handle: 'maria ferreira' },
      mistake: t.say('my.mistake.address-form'),
    },
    t,
  ),
  erase: erasePage({ ...site, badges: list.slice(0, 2) }, t),
  'erase, mistaken': erasePage({ ...site, badges: [], mistake: t.say('my.mistake.sure') }, t),
  erased: erasedPage({ issuerName: issuer.name }, t),
})

export const ownPages = ownPagesIn(english)
