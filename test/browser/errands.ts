import type { Test } from 'tap'
import { passEvent } from '../help/start.ts'
import type { Hand } from './hands.ts'
import { type Live, lastLink } from './live.ts'
import type { Seat } from './watch.ts'

type Errands = {
  blazon: Live
  owner: Seat
  does: Hand
  /** Waits for words on the owner's page, and inspects it. */
  shows: (name: string, words: string) => Promise<void>
  /** What somebody else reads at an address. */
  see: (address: string, status: number, name: string) => Promise<string>
}

const badge = 'Northwind Cloud Practitioner'
const other = 'ada@example.org'

/** From the account page and back to it: a profile, another address, a link to share, files, a wish for a name, and a search. */
export async function errands(t: Test, { blazon, owner, does, shows, see }: Errands) {
  await does.tick('Show my profile')
  await does.write('Its address', 'zhang-wei')
  await does.choose('My initials')
  await does.press('Save')
  await shows('account, with a profile', 'Saved. It holds from this moment.')
  const profile = await see(`${blazon.origin}/u/zhang-wei`, 200, 'profile')
  t.match(profile, 'There are no public badges here at present.')

  await does.write('Another e-mail address', other)
  await does.press('Mail a link to it')
  await shows('account, link mailed', 'A mail with a link is on its way to that address.')
  await owner.page.goto(await lastLink(blazon))
  await does.press('Yes, it is mine')
  await shows('account, with two addresses', 'The address is yours.')

  await does.follow('My badges')
  await does.follow(badge)
  await does.press('Make a link to share')
  await shows('share, link made', 'The buttons below carry your new link.')
  const address = await does.take('Its address')
  t.match(address, /\?share=/)
  t.equal(await does.take('Credential URL'), address, 'the same for LinkedIn')
  t.notMatch(await see(address, 200, 'link to share'), passEvent().candidate.fullName)

  await does.follow(badge)
  await does.follow('All files')
  await does.press(`Make the files for ${other}`)
  await shows('files, made', 'The files are ready.')
  await does.follow(badge)

  await does.unfold('My name is wrong')
  await does.write('The right name', '张威')
  await does.write('What is wrong', 'The second character is another one.')
  await does.press('Ask for this name')
  await shows('my badge, name asked', 'The programme was asked to correct your name.')

  await does.follow('My badges')
  await does.follow('the directory')
  await does.write('Name or certification', 'Ada')
  await does.pick('Certification', badge)
  await does.press('Find')
  await shows('directory, searched in vain', 'Nothing is found by this.')
  t.match(owner.page.url(), '/directory?q=Ada&achievement=practitioner')
  await does.follow('Decide in “My badges”')
  await does.follow('Account')
}
