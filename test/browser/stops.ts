import type { Page } from 'playwright-core'
import { type everyState, type Holder, mailed } from './own-states.ts'

type World = Awaited<ReturnType<typeof everyState>>

/** A page that a candidate can meet: how it is come to, as whom, and words that it then has. */
export type Stop = {
  name: string
  words: string
  address: string
  as?: Holder
  go?: (page: Page) => Promise<unknown>
}

const ownWords: Record<keyof World['states'], string> = {
  unclaimed: 'You passed. This badge is yours: decide who can see it.',
  private: 'Private · valid until 30 September 2028',
  'by link': 'By link only · 1 share link · valid until 30 September 2028',
  public: 'Public · valid until 30 September 2028',
  expired: 'Expired on 1 January 2022',
  suspended: 'Status under review',
  revoked: 'No longer valid since 22 November 2026',
  declined: 'Declined · you can change your mind until',
  'declined long ago': 'The time to change your mind has passed',
  'renewed, the old one': 'You renewed it:',
  'renewed, the new one': 'an earlier badge of yours',
}

/** The owner's page of a badge in every state. */
export function ownStops({ states }: World): Stop[] {
  return Object.entries(states).map(([name, as]) => ({
    name: `my badge, ${name}`,
    words: ownWords[name as keyof typeof ownWords],
    address: `/my/badges/${as.badge.id}`,
    as,
  }))
}

/** What others see where a renewal or a share link makes a difference; test/browser/pages.test.ts has the rest. */
export function publicStops({ states, share }: World): Stop[] {
  const page = (name: keyof typeof states) => states[name].badge.links.page
  return [
    { name: 'share link', words: 'Valid · checked just now', address: share },
    { name: 'renewed', words: 'See the newer badge', address: page('renewed, the old one') },
    { name: 'renewal', words: 'an earlier badge', address: page('renewed, the new one') },
    {
      name: 'own, while private',
      words: 'Valid · checked just now',
      address: page('private'),
      as: states.private,
    },
  ]
}

/** The pages of mailed links, in every state of the link, and of signing in. */
export async function linkStops({ blazon, states }: World): Promise<Stop[]> {
  const { private: taken, unclaimed, public: other } = states
  const { accountId, email } = taken
  const claim = (as: Holder) =>
    mailed(blazon, { purpose: 'claim', email: as.email, badgeId: as.badge.id })
  const signIn = await mailed(blazon, { purpose: 'sign-in', email })
  const own = await mailed(blazon, { purpose: 'address', email: 'new@example.com', accountId })
  const held = await mailed(blazon, { purpose: 'address', email: other.email, accountId })
  const press = (name: string) => (page: Page) => page.getByRole('button', { name }).click()
  const unknown = 'A'.repeat(22)
  return [
    { name: 'sign in', words: 'there is no password', address: '/sign-in' },
    {
      name: 'sign in, sent',
      words: 'Look into your mail',
      address: '/sign-in',
      go: async (page) => {
        await page.getByLabel('E-mail address').fill(email)
        await press('Mail me a link')(page)
      },
    },
    { name: 'sign-in link', words: 'You are about to sign in as', address: `/sign-in/${signIn}` },
    {
      name: 'my badges after the link',
      words: 'Everything that you earned here',
      address: `/sign-in/${signIn}`,
      go: press('Sign in'),
    },
    { name: 'sign-in link, over', words: 'no longer works', address: `/sign-in/${signIn}` },
    { name: 'sign-in link, unknown', words: 'do not know', address: `/sign-in/${unknown}` },
    {
      name: 'claim link',
      words: 'Who can see it?',
      address: `/claim/${await claim(unclaimed)}`,
    },
    { name: 'claim link, over', words: 'no longer works', address: `/claim/${await claim(taken)}` },
    { name: 'claim link, unknown', words: 'do not know', address: `/claim/${unknown}` },
    {
      name: 'address link, unknown',
      words: 'do not know',
      address: `/address/${unknown}`,
      as: taken,
    },
    { name: 'address link', words: 'Make n…w@example.com', address: `/address/${own}`, as: taken },
    {
      name: 'account with two addresses',
      words: 'The address is yours.',
      address: `/address/${own}`,
      as: taken,
      go: press('Yes, it is mine'),
    },
    { name: 'address link, over', words: 'no longer works', address: `/address/${own}`, as: taken },
    {
      name: 'account with the address of another sign-in',
      words: 'public@example.com',
      address: `/address/${held}`,
      as: taken,
      go: press('Yes, it is mine'),
    },
  ]
}

/** What a candidate is told when a form is wrong, or when there is nothing to show. */
export function mistakeStops({ states }: World): Stop[] {
  const as = states.private
  return [
    {
      name: 'an address that is known',
      words: 'This address is yours already.',
      address: '/my/account',
      as,
      go: async (page) => {
        await page.getByLabel('Another e-mail address').fill(as.email)
        await page.getByRole('button', { name: 'Mail a link to it' }).click()
      },
    },
    {
      name: 'erasing without the tick',
      words: 'Nothing was erased.',
      address: '/my/erase',
      as,
      go: async (page) => {
        await page.getByLabel('I want to be erased').evaluate((box) => {
          box.removeAttribute('required')
        })
        await page.getByRole('button', { name: 'Erase me' }).click()
      },
    },
    {
      name: 'a form of an old page',
      words: 'load the page again',
      address: `/my/badges/${as.badge.id}`,
      as,
      go: async (page) => {
        await page.context().clearCookies({ name: 'blazon-visit' })
        await page.getByRole('button', { name: 'Save' }).click()
      },
    },
    {
      name: 'a link for nobody',
      words: 'Say for whom the link is',
      address: `/my/badges/${as.badge.id}`,
      as,
      go: async (page) => {
        await page.getByLabel('For whom is it?').fill('   ')
        await page.getByRole('button', { name: 'Make the link' }).click()
      },
    },
    {
      name: 'somebody else’s badge',
      words: 'Not found',
      address: `/my/badges/${states.revoked.badge.id}`,
      as,
    },
  ]
}
