import type { NameDisplay } from '../../schemas/badge.ts'
import { setProfile } from '../../src/actions/holders/set-profile.ts'
import { openSession } from '../../src/actions/holders/sign-in.ts'
import { setOwner } from '../../src/storage/badges/holder-badges.ts'
import type { Started } from './start.ts'
import { asTx, asTxTools } from './transaction.ts'

type Wanted = {
  handle?: string
  shown?: boolean
  nameDisplay?: NameDisplay
  discoverable?: boolean
}

/**
 * Makes badges the claimed ones of a holder who signs in with an address. Returns the account and the session's secret.
 */
export async function owner(
  { tools }: Started,
  email: string,
  badges: { id: string }[] = [],
): Promise<{ accountId: string; secret: string }> {
  const signedIn = await openSession(asTxTools(tools), { email, agent: 'Firefox on Linux' })
  const { accountId } = signedIn
  for (const { id } of badges)
    await setOwner(asTx(tools.db), id, { accountId, claimedAt: tools.now(), declinedAt: null })
  return signedIn
}

/** Sets the profile of an account; by default it is shown, without a name. */
export async function profile(
  { tools }: Started,
  accountId: string,
  {
    handle = 'wilhelmina',
    shown = true,
    nameDisplay = 'hidden',
    discoverable = false,
  }: Wanted = {},
): Promise<void> {
  await setProfile(tools, { accountId, handle, shown, nameDisplay, discoverable })
}
