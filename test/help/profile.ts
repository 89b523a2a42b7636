import type { NameDisplay } from '../../schemas/badge.ts'
import { setProfile } from '../../src/actions/holders/set-profile.ts'
import { openSession } from '../../src/actions/holders/sign-in.ts'
import { setOwner } from '../../src/storage/badges/holder-badges.ts'
import type { Started } from './start.ts'

type Wanted = {
  handle?: string
  shown?: boolean
  nameDisplay?: NameDisplay
  discoverable?: boolean
}

/** Makes badges the claimed ones of somebody who signs in with an address. Answers the account and the secret of its session. */
export async function owner(
  { tools }: Started,
  email: string,
  badges: { id: string }[] = [],
): Promise<{ accountId: string; secret: string }> {
  const signedIn = await openSession(tools, { email, agent: 'Firefox on Linux' })
  const { accountId } = signedIn
  for (const { id } of badges)
    await setOwner(tools.db, id, { accountId, claimedAt: tools.now(), declinedAt: null })
  return signedIn
}

/** Sets the profile of an account: shown, under no name, unless told otherwise. */
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
