import type { FastifyReply, FastifyRequest } from 'fastify'
import { listOwnSessions } from '../actions/holders/own-sessions.ts'
import { readOwnProfile } from '../actions/holders/set-profile.ts'
import { accountPage, type ProfileFields } from '../pages/my/account/account-page.ts'
import { pageFacts } from './forms.ts'
import { ownWords } from './languages.ts'
import { ownerFor } from './owners.ts'
import type { HttpTools } from './tools.ts'

/** What the last form did, or why it did nothing; and what was filled in, where that is not on record. */
export type Said = { done?: string; mistake?: string; profile?: ProfileFields }

/** The account page of whoever is signed in. */
export async function ownAccount(
  tools: HttpTools,
  request: FastifyRequest,
  reply: FastifyReply,
  said: Said = {},
): Promise<string> {
  const { account, session } = ownerFor(request)
  const facts = {
    ...pageFacts(tools, request, reply),
    signedIn: true,
    account,
    sessions: await listOwnSessions(tools, session),
    timeZone: tools.programmes.current().programme.timeZone,
    profile: await readOwnProfile(tools, account.id),
    profileAddress: tools.addresses.profile(''),
    ...said,
  }
  return accountPage(facts, ownWords(tools, request, reply))
}
