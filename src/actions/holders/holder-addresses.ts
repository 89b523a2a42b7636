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
import { findLink, spendLink } from '../support/mail-links.ts'
import type { Tools, TxTools } from '../tools/tools.ts'
import { transaction } from '../tools/transaction.ts'

/** The maximum of addresses of an account. */
export const mostAddresses = 10

/** The outcome of adding an address. */
export type Proved = 'added' | 'over' | 'taken'

/** The address that a link would add, and the account, without using the link up. */
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
 * Uses a link that proves another address of the signed-in account. If the address is the only one of another account,
 * that account is merged, since its owner could sign in there as well. If the other account has
 * several, the address is `taken`.
 */
export async function proveAddress(
  tools: Tools,
  { accountId, secret }: { accountId: string; secret: string },
): Promise<Proved> {
  return transaction(tools, async (tools) => {
    const { db } = tools
    const found = await findLink(tools, 'address', secret)
    if (found.state !== 'open' || found.link.accountId !== accountId) return 'over'
    const { email } = found.link
    const other = await findAccountId(db, email)
    for (const id of [accountId, ...(other ? [other] : [])].toSorted()) await lockAccount(db, id)
    if (other === accountId) return 'added'
    if (other && (await findAccount(db, other))?.addresses.length !== 1) return 'taken'
    if (!(await spendLink(tools, 'address', secret))) return 'over'
    if (other) await mergeAccounts(db, accountId, other, instantAfter(tools.now(), handleRest))
    else if (!(await addAddress(db, accountId, { email, verifiedAt: tools.now(), main: false })))
      throw new Error('another account has proved the address meanwhile')
    await note(tools, accountId, 'account.address-added')
    return 'added'
  })
}

/** Makes an address the main one, which mail goes to. Throws `not-found`. */
export async function makeMain(
  tools: Tools,
  { accountId, email }: { accountId: string; email: string },
): Promise<void> {
  await change(tools, accountId, email, async (db, address) => {
    await setMainAddress(db, accountId, address)
    await note({ ...tools, db }, accountId, 'account.main-address')
  })
}

/** Removes an address. Throws `not-found`, and `conflict` for the main one; the last address is always the main one. */
export async function removeHolderAddress(
  tools: Tools,
  { accountId, email }: { accountId: string; email: string },
): Promise<void> {
  await change(tools, accountId, email, async (db, address, account) => {
    if (account.addresses.some((each) => each.email === address && each.main))
      throw new Problem(
        'conflict/main-address',
        'Mail goes to this address. Make another one the main address first.',
        [],
        { word: 'problem.main-address' },
      )
    await removeAddress(db, accountId, address)
    await note({ ...tools, db }, accountId, 'account.address-removed')
  })
}

/** Why an address cannot be added; undefined if a link can be mailed to it. */
export function addressMistake(
  account: Account,
  email: string,
): 'address-form' | 'address-own' | 'address-most' | undefined {
  if (!isMailAddress(normalEmail(email))) return 'address-form'
  if (account.addresses.some((each) => each.email === normalEmail(email))) return 'address-own'
  return account.addresses.length >= mostAddresses ? 'address-most' : undefined
}

type Change = (db: TxTools['db'], email: string, account: Account) => Promise<void>

async function change(tools: Tools, accountId: string, email: string, work: Change) {
  await transaction(tools, async (tools) => {
    const { db } = tools
    await lockAccount(db, accountId)
    const account = await findAccount(db, accountId)
    const address = normalEmail(email)
    if (!account?.addresses.some((each) => each.email === address))
      throw new Problem('not-found/not-your-address', 'This is not one of your addresses.', [], {
        word: 'problem.no-address',
      })
    await work(db, address, account)
  })
}

async function note({ db, now }: Tools, accountId: string, action: string) {
  await writeAudit(db, { at: now(), actor: ownerActor(accountId), action, subject: accountId })
}
