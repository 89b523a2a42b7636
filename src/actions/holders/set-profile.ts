import {
  handlePseudonym,
  handleRest,
  isHandle,
  isReserved,
  type Profile,
} from '../../domain/holders/profile.ts'
import { ownerActor } from '../../domain/people/account.ts'
import { instantAfter } from '../../domain/work/job.ts'
import { Problem } from '../../problem.ts'
import { lockAccount } from '../../storage/accounts/accounts.ts'
import {
  dropProfile,
  findProfileOf,
  keepProfile,
  restHandle,
  wakeHandle,
  wasOthers,
} from '../../storage/accounts/profiles.ts'
import { writeAudit } from '../../storage/audit.ts'
import { inTransaction } from '../../storage/database.ts'
import type { Tools } from '../tools/tools.ts'

/** What stands in the way of a profile as somebody wants it, where only they are concerned. */
export type ProfileMistake = 'handle-form' | 'handle-none'

/** The profile of an account, shown or not. */
export async function readHolderProfile(
  { db }: Pick<Tools, 'db'>,
  accountId: string,
): Promise<Profile | undefined> {
  return findProfileOf(db, accountId)
}

/** What stands in the way of this profile; nothing, when it can be kept. */
export function profileMistake({
  handle,
  shown,
}: Pick<Profile, 'handle' | 'shown'>): ProfileMistake | undefined {
  if (handle === '') return shown ? 'handle-none' : undefined
  return isHandle(handle) ? undefined : 'handle-form'
}

/**
 * Makes the profile of whoever is signed in what they want; every answer follows from the commit on. An empty handle, which only a
 * profile that is not shown may have, gives up theirs. A handle that is given up rests for 90 days: nobody else gets it, and its
 * owner can take it back. Throws `conflict` for one that is taken, rests, or is reserved, in the same words.
 */
export async function setProfile(tools: Tools, wanted: Profile): Promise<void> {
  const { accountId, handle } = wanted
  await inTransaction(tools.db, async (db) => {
    await lockAccount(db, accountId)
    const before = await findProfileOf(db, accountId)
    if (handle === '' && !before) return
    if (before && before.handle !== handle)
      await restHandle(db, {
        handle: before.handle,
        accountId,
        until: instantAfter(tools.now(), handleRest),
      })
    if (handle === '') await dropProfile(db, accountId)
    else await take({ ...tools, db }, wanted)
    const { shown, nameDisplay, discoverable } = wanted
    await writeAudit(db, {
      at: tools.now(),
      actor: ownerActor(accountId),
      action: 'account.profile',
      subject: accountId,
      // The log keeps for good what it has, so the handle, which may be a name, is not in it.
      details: handle === '' ? { given: 'up' } : { shown, nameDisplay, discoverable },
    })
  })
}

async function take({ db, keyring, now }: Tools, wanted: Profile) {
  const { accountId, handle } = wanted
  if (isReserved(handle) || !(await keepProfile(db, wanted))) throw notFree()
  // Asked once the handle is held: whoever gave it up meanwhile has put that on record by now.
  const pseudonyms = keyring.pseudonymise ? [handlePseudonym(keyring.pseudonymise, handle)] : []
  if (await wasOthers(db, [handle, ...pseudonyms], { accountId, now: now() })) throw notFree()
  await wakeHandle(db, accountId, handle)
}

function notFree() {
  return new Problem('conflict', 'This address is not free. Choose another one.')
}
