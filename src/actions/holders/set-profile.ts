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
  belongedToOthers,
  dropProfile,
  findProfileOf,
  keepProfile,
  releaseHandle,
  reserveHandle,
} from '../../storage/accounts/profiles.ts'
import { writeAudit } from '../../storage/audit.ts'
import type { Tools, TxTools } from '../tools/tools.ts'
import { transaction } from '../tools/transaction.ts'

/** What is wrong with a wanted profile, apart from handles of others. */
export type ProfileMistake = 'handle-form' | 'handle-none'

/** The profile of an account, shown or not. */
export async function readHolderProfile(
  { db }: Pick<Tools, 'db'>,
  accountId: string,
): Promise<Profile | undefined> {
  return findProfileOf(db, accountId)
}

/** What is wrong with this profile; undefined if it can be stored. */
export function profileMistake({
  handle,
  shown,
}: Pick<Profile, 'handle' | 'shown'>): ProfileMistake | undefined {
  if (handle === '') return shown ? 'handle-none' : undefined
  return isHandle(handle) ? undefined : 'handle-form'
}

/**
 * Changes the profile of the signed-in account; every answer follows from the commit on. An empty handle, possible only
 * for a profile that is not shown, ends the use of the old one. A former handle stays reserved for 90 days: only its
 * owner can take it back. Throws `conflict` for a handle that is taken or reserved, in the same words.
 */
export async function setProfile(tools: Tools, wanted: Profile): Promise<void> {
  const { accountId, handle } = wanted
  await transaction(tools, async (tools) => {
    const { db } = tools
    await lockAccount(db, accountId)
    const before = await findProfileOf(db, accountId)
    if (handle === '' && !before) return
    if (before && before.handle !== handle)
      await reserveHandle(db, {
        handle: before.handle,
        accountId,
        until: instantAfter(tools.now(), handleRest),
      })
    if (handle === '') await dropProfile(db, accountId)
    else await take(tools, wanted)
    const { shown, nameDisplay, discoverable } = wanted
    await writeAudit(db, {
      at: tools.now(),
      actor: ownerActor(accountId),
      action: 'account.profile',
      subject: accountId,
      // The log is permanent, so it does not have the handle, which may be a name.
      details: handle === '' ? { given: 'up' } : { shown, nameDisplay, discoverable },
    })
  })
}

async function take({ db, keyring, now }: TxTools, wanted: Profile) {
  const { accountId, handle } = wanted
  if (isReserved(handle) || !(await keepProfile(db, wanted))) throw notFree()
  // Checked once the handle is taken: its former owner has recorded the reservation by now.
  const pseudonyms = keyring.pseudonymise ? [handlePseudonym(keyring.pseudonymise, handle)] : []
  if (await belongedToOthers(db, [handle, ...pseudonyms], { accountId, now: now() }))
    throw notFree()
  await releaseHandle(db, accountId, handle)
}

function notFree() {
  return new Problem('conflict/handle-not-free', 'This address is not free. Choose another one.')
}
