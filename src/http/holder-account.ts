import type { FastifyReply, FastifyRequest } from 'fastify'
import { listHolderSessions } from '../actions/holders/holder-sessions.ts'
import { readHolderProfile } from '../actions/holders/set-profile.ts'
import { accountPage, type ProfileFields } from '../pages/my/account/account-page.ts'
import { pageFacts } from './forms.ts'
import { holderWords } from './languages.ts'
import { ownerFor } from './owners.ts'
import type { HttpTools } from './tools.ts'

/** What the last form did, or why it did nothing; and what was filled in, where that is not on record. */
export type AccountNotice = { done?: string; mistake?: string; profile?: ProfileFields }

/** The account page of whoever is signed in. */
export async function showHolderAccount(
  tools: HttpTools,
  request: FastifyRequest,
  reply: FastifyReply,
  said: AccountNotice = {},
): Promise<string> {
  const { account, session } = ownerFor(request)
  const facts = {
    ...pageFacts(tools, request, reply),
    signedIn: true,
    account,
    sessions: await listHolderSessions(tools, session),
    timeZone: tools.programmes.current().programme.timeZone,
    profile: await readHolderProfile(tools, account.id),
    profileAddress: tools.addresses.profile(''),
    ...said,
  }
  return accountPage(facts, holderWords(tools, request, reply))
}
