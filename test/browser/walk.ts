import { readFileSync } from 'node:fs'
import { unzipSync } from 'fflate'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Test } from 'tap'
import { issue, passEvent } from '../help/start.ts'
import { errands } from './errands.ts'
import type { Hand } from './hands.ts'
import { lastLink, live } from './live.ts'
import { inspect, type Seat, sit } from './watch.ts'

const { fullName } = passEvent().candidate

type Walk = {
  /** Both browsers', the candidate's and that of whoever is shown the badge. */
  options: BrowserContextOptions
  hand: (page: Page) => Hand
  /** Whether the pages off this way are walked, too. */
  errands?: boolean
}

/**
 * One candidate's whole way in a browser: mail, claim, private, share link, public, link revoked, export, erasure. At every page on the
 * way it is inspected, and somebody else looks at what they can see.
 */
export async function walk(t: Test, browser: Browser, { options, hand, ...also }: Walk) {
  const blazon = await live(t)
  const badge = await issue(blazon, { visibility: 'private' })
  const owner = await sit(browser, blazon.origin, options)
  const guest = await sit(browser, blazon.origin, options)
  const does = hand(owner.page)
  const shows = async (name: string, words: string) => {
    await owner.page.getByText(words).first().waitFor()
    await inspect(t, owner, name)
  }
  const see = (address: string, status: number, name: string) =>
    look(t, guest, { address, status, name })

  await owner.page.goto(await lastLink(blazon))
  await shows('claim', 'Who can see it?')
  await does.choose('Only me')
  await does.press('Claim my badge')
  await shows('my badge, claimed', 'The badge is yours.')
  await see(badge.links.page, 404, 'not confirmed')

  await does.write('For whom is it?', 'Application at Contoso')
  await does.tick('My full name')
  await does.pick('How long does it work?', '30 days')
  await does.press('Make the link')
  await shows('my badge, link made', 'Your link “Application at Contoso” is ready')
  const share = await owner.page.getByLabel('Your link').inputValue()
  t.match(await see(share, 200, 'share link'), fullName)
  await see(badge.links.page, 404, 'not confirmed without the link')

  await does.choose('Everybody')
  await does.choose('Z. W.')
  await does.press('Save')
  await shows('my badge, public', 'Saved. It holds from this moment.')
  const open = await see(badge.links.page, 200, 'public page')
  t.match(open, 'Z. W.')
  t.notMatch(open, fullName)

  await does.press('Revoke the link “Application at Contoso”')
  await shows('my badge, link revoked', 'The link no longer works.')
  t.notMatch(await see(share, 200, 'public page by an old link'), fullName)
  await does.choose('Only me')
  await does.press('Save')
  await shows('my badge, private again', 'Saved. It holds from this moment.')
  await see(share, 404, 'not confirmed by an old link')

  await does.follow('My badges')
  await shows('my badges', 'Everything that you earned here.')
  await does.follow('Account')
  await shows('account', 'E-mail addresses')
  t.same(await download(owner.page, () => does.follow('Download everything')), inTheArchive)
  if (also.errands) await errands(t, { blazon, owner, does, shows, see })

  await does.follow('What that means, and how')
  await shows('erase', 'This cannot be undone')
  await does.choose('Revoke them, too')
  await does.tick('I want to be erased')
  await does.press('Erase me')
  await shows('erased', 'You are erased')
  await see(badge.links.page, 404, 'not confirmed after erasure')
  await owner.page.goto(`${blazon.origin}/my/badges`)
  await shows('sign in', 'there is no password')
  await Promise.all([owner.context.close(), guest.context.close()])
}

/** Opens an address as somebody else; answers the words on the page. */
async function look(
  t: Test,
  guest: Seat,
  { address, status, name }: { address: string; status: number; name: string },
): Promise<string> {
  const answer = await guest.page.goto(address)
  t.equal(answer?.status(), status, name)
  await inspect(t, guest, name)
  return guest.page.locator('main').innerText()
}

const stem = 'northwind-cloud-practitioner-'

/** By what they end in, once the certification and its number are cut off. */
const inTheArchive = [
  '-certificate.pdf',
  '-ob2.svg',
  '-picture-1200.png',
  '-picture-192.png',
  '-picture-400.png',
  '-picture-600.png',
  '-picture-96.png',
  '-with-name.json',
  '-with-name.jwt',
  '-with-name.png',
  '.json',
  '.jws',
  '.jwt',
  '.png',
  '.svg',
  'README.txt',
  'README.txt',
  'account.json',
  'badge.json',
  'results.json',
]

/** What is in the archive that a press downloads, without folders. */
async function download(page: Page, press: () => Promise<void>): Promise<string[]> {
  const [arrived] = await Promise.all([page.waitForEvent('download'), press()])
  const files = unzipSync(readFileSync(await arrived.path()))
  return Object.keys(files)
    .map((name) => name.split('/').at(-1) ?? '')
    .map((name) => (name.startsWith(stem) ? name.replace(/^.*NWC(?:-\w{4}){2}-\w{2}/, '') : name))
    .toSorted()
}
