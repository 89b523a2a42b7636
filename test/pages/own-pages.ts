import { accountPage } from '../../src/pages/my/account-page.ts'
import { addressConfirmPage } from '../../src/pages/my/address-confirm-page.ts'
import { myBadgePage } from '../../src/pages/my/badge-page.ts'
import { myBadgesPage } from '../../src/pages/my/badges-page.ts'
import { claimPage } from '../../src/pages/my/claim-page.ts'
import { erasedPage, erasePage } from '../../src/pages/my/erase-page.ts'
import { type LinkState, signInConfirmPage, signInPage } from '../../src/pages/my/sign-in-page.ts'
import { english } from '../../src/words/words.ts'
import * as own from './own-views.ts'
import { issuer } from './sample-views.ts'

export const site = { issuerName: issuer.name, token: 'a-token-of-the-form' }
const secret = 'q0dSvTjy3bqzMn2nqvLx8g'
const email = 'm…a@example.com'
const states: LinkState[] = ['open', 'over', 'unknown']
const list = Object.values(own.ownBadges)
const [first] = list

const badgePages = Object.entries(own.ownBadges).map(([name, badge]) => [
  `my badge, ${name}`,
  myBadge({ badge }),
])

/** The page of one of somebody's badges. */
export function myBadge(changes: Partial<Parameters<typeof myBadgePage>[0]>): string {
  const facts = {
    ...site,
    badge: own.ownBadges.public,
    history: own.happenings,
    naming: own.namings.plain,
    addressFiles: own.addressFiles,
  }
  return myBadgePage({ ...facts, preselected: 'link', emailHash: true, ...changes }, english)
}

/** The account page. */
export function account(changes: Partial<Parameters<typeof accountPage>[0]>): string {
  const facts = { ...site, account: own.account, sessions: own.sessions, timeZone: 'Asia/Shanghai' }
  const profileAddress = 'https://badges.northwind.example/u/'
  return accountPage({ ...facts, profileAddress, ...changes }, english)
}

/** What a claim link shows while it can be used. */
export function claim(badge: (typeof list)[number], facts: { mistake?: string } = {}): string {
  const claimable = { ...badge, preselected: 'link' as const }
  return claimPage({ ...site, ...facts, secret, state: 'open', email, badge: claimable }, english)
}

/** Every page of candidates, in every state that one can meet it in. */
export const ownPages: Record<string, string> = {
  'sign in': signInPage(site, english),
  'sign in, mailed': signInPage({ ...site, sent: true }, english),
  'sign in, mistaken': signInPage(
    {
      ...site,
      mistake: 'This does not look like an e-mail address. Write it like name@example.com.',
    },
    english,
  ),
  ...Object.fromEntries(
    states.flatMap((state) => [
      [`sign-in link, ${state}`, signInConfirmPage({ ...site, secret, state, email }, english)],
      [`address link, ${state}`, addressConfirmPage({ ...site, secret, state, email }, english)],
    ]),
  ),
  claim: claim(own.ownBadges.open),
  'claim, long name': claim(own.ownBadges.long),
  'claim, Arabic': claim(own.ownBadges.arabic),
  'claim, suspended': claim(own.ownBadges.suspended),
  'claim, mistaken': claim(own.ownBadges.open, { mistake: 'Choose who can see the badge.' }),
  'claim link, over': claimPage({ ...site, secret, state: 'over', email }, english),
  'claim link, unknown': claimPage({ ...site, secret, state: 'unknown' }, english),
  'my badges': myBadgesPage({ ...site, badges: list }, english),
  'my badges, none': myBadgesPage({ ...site, badges: [] }, english),
  ...Object.fromEntries(badgePages),
  'my badge, saved': myBadge({ done: 'Saved. Your badge is public now.' }),
  ...Object.fromEntries(
    Object.entries(own.namings).map(([name, naming]) => [
      `my badge, name ${name}`,
      myBadge({ naming }),
    ]),
  ),
  'my badge, name mistaken': myBadge({
    wish: { fullName: '张\n伟', latinName: '', reason: 'It has another character.' },
    mistake: 'The name has a character that cannot be printed.',
  }),
  'my badge, link made': myBadge({
    newLink: {
      url: 'https://badges.northwind.example/b/4fWm2Qk9ZcR7tYxN1sLp0A?share=pPq1l7nq0JmXv2hQ9yT8dA',
      link: first?.shareLinks[0] as never,
    },
  }),
  account: account({}),
  'account, with a profile': account({ profile: own.profile }),
  'account, mistaken': account({
    profile: { ...own.profile, handle: 'maria ferreira' },
    mistake: 'This address is not free. Choose another one. Nothing was changed.',
  }),
  erase: erasePage({ ...site, badges: list.slice(0, 2) }, english),
  'erase, mistaken': erasePage(
    { ...site, badges: [], mistake: 'Tick the box to show that you are sure.' },
    english,
  ),
  erased: erasedPage({ issuerName: issuer.name }, english),
}
