import { isMailAddress } from '../../domain/holders/mail.ts'
import { handleRest } from '../../domain/holders/profile.ts'
import type { Account } from '../../domain/people/account.ts'
import { ownerActor } from '../../domain/people/account.ts'
import { normalEmail } from '../../domain/people/mail-address.ts'
import { instantAfter } from '../../domain/work/job.ts'
import { Problem } from '../../problem.ts'
import {
  addAddress,
  findAccount,
  findAccountId,
  lockAccount,
  mergeAccounts,
  removeAddress,
  setMainAddress,
} from '../../storage/accounts/accounts.ts'
import { writeAudit } from '../../storage/audit.ts'
import { inTransaction } from '../../storage/database.ts'
import { findLink, spendLink } from '../support/mail-links.ts'
import type { Tools } from '../tools/tools.ts'

/** A person has at most so many addresses. */
export const mostAddresses = 10

/** How an address that was to be added came out. */
export type Proved = 'added' | 'over' | 'taken'

/** The address that a link would add, and to which account, without spending it. */
export async function readAddressLink(
  tools: Tools,
  secret: string,
): Promise<{ email: string; accountId: string; open: boolean } | undefined> {
  const found = await findLink(tools, 'address', secret)
  if (found.state === 'unknown' || !found.link.accountId) return undefined
  const { email, accountId } = found.link
  return { email, accountId, open: found.state === 'open' }
}

/**
 * Spends a link that proves another address of whoever is signed in. An address that is all that another account has brings that
 * account's badges along, since whoever proves it could sign in there as well; one of several is `taken`.
 */
export async function proveAddress(
  tools: Tools,
  { accountId, secret }: { accountId: string; secret: string },
): Promise<Proved> {
  return inTransaction(tools.db, async (db) => {
    const found = await findLink({ ...tools, db }, 'address', secret)
    if (found.state !== 'open' || found.link.accountId !== accountId) return 'over'
    const { email } = found.link
    const other = await findAccountId(db, email)
    for (const id of [accountId, ...(other ? [other] : [])].toSorted()) await lockAccount(db, id)
    if (other === accountId) return 'added'
    if (other && (await findAccount(db, other))?.addresses.length !== 1) return 'taken'
    if (!(await spendLink({ ...tools, db }, 'address', secret))) return 'over'
    if (other) await mergeAccounts(db, accountId, other, instantAfter(tools.now(), handleRest))
    else if (!(await addAddress(db, accountId, { email, verifiedAt: tools.now(), main: false })))
      throw new Error('another account has proved the address meanwhile')
    await note({ ...tools, db }, accountId, 'account.address-added')
    return 'added'
  })
}

/** Makes an address the one that mail goes to. Throws `not-found`. */
export async function makeMain(
  tools: Tools,
  { accountId, email }: { accountId: string; email: string },
): Promise<void> {
  await change(tools, accountId, email, async (db, address) => {
    await setMainAddress(db, accountId, address)
    await note({ ...tools, db }, accountId, 'account.main-address')
  })
}

/** Takes an address away. Throws `not-found`, and `conflict` for the main one, which the last one always is. */
export async function removeHolderAddress(
  tools: Tools,
  { accountId, email }: { accountId: string; email: string },
): Promise<void> {
  await change(tools, accountId, email, async (db, address, account) => {
    if (account.addresses.some((each) => each.email === address && each.main))
      throw new Problem(
        'conflict',
        'Mail goes to this address. Make another one the main address first.',
        [],
        { word: 'problem.main-address' },
      )
    await removeAddress(db, accountId, address)
    await note({ ...tools, db }, accountId, 'account.address-removed')
  })
}

/** What stands in the way of adding an address; nothing, when it can be mailed a link. */
export function addressMistake(
  account: Account,
  email: string,
): 'address-form' | 'address-own' | 'address-most' | undefined {
  if (!isMailAddress(normalEmail(email))) return 'address-form'
  if (account.addresses.some((each) => each.email === normalEmail(email))) return 'address-own'
  return account.addresses.length >= mostAddresses ? 'address-most' : undefined
}

type Change = (db: Tools['db'], email: string, account: Account) => Promise<void>

async function change(tools: Tools, accountId: string, email: string, work: Change) {
  await inTransaction(tools.db, async (db) => {
    await lockAccount(db, accountId)
    const account = await findAccount(db, accountId)
    const address = normalEmail(email)
    if (!account?.addresses.some((each) => each.email === address))
      throw new Problem('not-found', 'This is none of your addresses.', [], {
        word: 'problem.no-address',
      })
    await work(db, address, account)
  })
}

async function note({ db, now }: Tools, accountId: string, action: string) {
  await writeAudit(db, { at: now(), actor: ownerActor(accountId), action, subject: accountId })
}
