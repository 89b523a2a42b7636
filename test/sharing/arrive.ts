import type { Visibility } from '../../schemas/badge.ts'
import { claimSignedIn } from '../../src/actions/holders/claim-badge.ts'
import { openSession } from '../../src/actions/holders/sign-in.ts'
import { passEvent, type Started } from '../help/start.ts'
import { asTxTools } from '../help/transaction.ts'
import { visitor } from '../help/visitor.ts'

/** The candidate of the usual pass event, signed in. */
export async function signIn(blazon: Started) {
  const { email } = passEvent().candidate
  const agent = 'Firefox on Linux'
  const { secret, accountId } = await openSession(asTxTools(blazon.tools), { email, agent })
  const me = visitor(blazon)
  me.cookies.set('__Host-blazon-session', secret)
  return { me, accountId }
}

/** The same, who has claimed a badge of theirs. */
export async function arrive(blazon: Started, badgeId: string, visibility: Visibility) {
  const { me, accountId } = await signIn(blazon)
  await claimSignedIn(blazon.tools, { accountId, badgeId, answer: { visibility } })
  return me
}
