import { openSession } from '../../src/actions/holders/sign-in.ts'
import type { ShareLink } from '../../src/domain/badge/share-link.ts'
import { newSecret } from '../../src/domain/work/secret.ts'
import { addAddress } from '../../src/storage/accounts/accounts.ts'
import { keepShareLink } from '../../src/storage/badges/share-links.ts'
import { asTx, asTxTools } from '../help/transaction.ts'
import { hiddenStates, type ShownState, type State, shownStates, type World } from './states.ts'

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0'
export const safari = 'Mozilla/5.0 (Macintosh; Mac OS X 14_0) Version/20.0 Safari/605.1.15'
export const hidden = Object.entries(hiddenStates) as [keyof typeof hiddenStates, ShownState][]
export const owned = [...shownStates.map((state) => [state, state] as const), ...hidden]

export const cookie = (secret: string, agent = firefox) => ({
  cookie: `__Host-blazon-session=${secret}`,
  'user-agent': agent,
})

/** Sessions: of the candidate whom every badge of the world belongs to, and of one whom none does. */
export async function sessions(world: World) {
  const { db, now } = world.tools
  const agent = 'Firefox on Linux'
  const owner = await openSession(asTxTools(world.tools), {
    email: 'secret.address.1@example.com',
    agent,
  })
  for (let count = 2; count <= owned.length; count += 1)
    await addAddress(asTx(db), owner.accountId, {
      email: `secret.address.${count}@example.com`,
      verifiedAt: now(),
      main: false,
    })
  const other = await openSession(asTxTools(world.tools), { email: 'other@example.com', agent })
  return { owner: owner.secret, other: other.secret }
}

/** A share link of the badge in a state. Answers its secret. */
export async function share(world: World, state: State, changes: Partial<ShareLink> = {}) {
  const { secret, hash } = newSecret(world.tools.random)
  await keepShareLink(world.tools.db, hash, {
    id: secret,
    badgeId: world.badges[state].id,
    label: '',
    withName: false,
    withFiles: true,
    withCertificate: false,
    expiresAt: null,
    viewLimit: null,
    views: 0,
    createdAt: world.tools.now(),
    seenAt: null,
    ...changes,
  })
  return secret
}
