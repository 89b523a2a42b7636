import { openSession } from '../../src/actions/holders/sign-in.ts'
import { openItems } from './review.ts'
import type { Started } from './start.ts'
import { asTxTools } from './transaction.ts'
import { type Visitor, visitor } from './visitor.ts'

/** A visitor who is signed in with this address. */
export async function signedIn(blazon: Started, email: string): Promise<Visitor> {
  const owner = visitor(blazon)
  const { secret } = await openSession(asTxTools(blazon.tools), {
    email,
    agent: 'Firefox on Linux',
  })
  owner.cookies.set('__Host-blazon-session', secret)
  return owner
}

export const wish = {
  fullName: '张玮',
  latinName: 'Zhang Wei',
  reason: 'The second character is another one.',
}

/** Submits "My name is wrong" on the page of a badge. */
export async function askFor(owner: Visitor, badgeId: string, fields: Record<string, string>) {
  await owner.get(`/my/badges/${badgeId}`)
  return owner.send(`/my/badges/${badgeId}/name`, fields)
}

/** The review item of a requested name. */
export async function nameItem(blazon: Started) {
  const items = await openItems(blazon)
  return items.find(({ kind }) => kind === 'name-correction')
}
