import type { FastifyReply, FastifyRequest } from 'fastify'
import { listHolderSessions } from '../actions/holders/holder-sessions.ts'
import { readHolderProfile } from '../actions/holders/set-profile.ts'
import { accountPage, type ProfileFields } from '../pages/my/account/account-page.ts'
import { pageFacts } from './forms.ts'
import { holderWords } from './languages.ts'
import { ownerFor } from './owners.ts'
import type { HttpTools } from './tools.ts'

/**
 * The outcome of the last form: what it did, or why it did nothing, and the submitted fields when they were not saved.
 */
export type AccountNotice = { done?: string; mistake?: string; profile?: ProfileFields }

/** The account page of the signed-in holder. */
export async function showHolderAccount(
  tools: HttpTools,
  request: FastifyRequest,
  reply: FastifyReply,
  notice: AccountNotice = {},
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
    ...notice,
  }
  return accountPage(facts, holderWords(tools, request, reply))
}
