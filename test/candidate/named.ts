import { openSession } from '../../src/actions/holders/sign-in.ts'
import { issueForAddress } from '../../src/actions/issuing/issue-for-address.ts'
import { addAddress } from '../../src/storage/accounts/accounts.ts'
import { shapeText, textOf } from '../../src/storage/credential-texts.ts'
import { inTransaction } from '../../src/storage/database.ts'
import { get, type Started } from '../help/start.ts'
import { asTx } from '../help/transaction.ts'
import { cookie } from '../privacy/secrets.ts'
import { arrive } from './arrive.ts'

export const other = 'other.address@example.org'
const type = 'application/vc+ld+json'

export const named = ({ links }: Of, form = 'named-credential.json') => `${links.page}/${form}`
/** Asks as the holder of a badge, who is signed in. */
export async function ask(blazon: Started, badge: Of & { id: string }, form?: string) {
  const { tools } = blazon
  const { email } = await tools.db
    .selectFrom('badge')
    .innerJoin('candidate', (join) =>
      join
        .onRef('candidate.source', '=', 'badge.source')
        .onRef('candidate.candidate_id', '=', 'badge.candidate_id'),
    )
    .select('candidate.email')
    .where('badge.id', '=', badge.id)
    .executeTakeFirstOrThrow()
  const { secret } = await inTransaction(tools.db, (db) =>
    openSession({ ...tools, db }, { email, agent: 'Firefox on Linux' }),
  )
  return get(blazon, named(badge, form), cookie(secret))
}
export const judge = async ({ app }: Started, payload: string) =>
  (
    await app.inject({
      method: 'POST',
      url: '/v1/verify',
      headers: { 'content-type': type },
      payload,
    })
  ).json()
type Of = { links: { page: string } }

export const standing = async ({ tools }: Started) =>
  (
    await tools.db
      .selectFrom('credential')
      .select(['kind', 'holder_name', 'data_integrity', 'credential_id', 'status_index', shapeText])
      .where('replaced_at', 'is', null)
      .where('revoked_class', 'is', null)
      .orderBy('kind')
      .execute()
  ).map((row) => ({ ...row, data_integrity: textOf(row) }))

/** Somebody with all three credentials of a badge. */
export async function withAll(blazon: Started) {
  const { accountId, badge, credential } = await arrive(blazon)
  const added = { email: other, verifiedAt: '2026-11-22T04:00:00.000Z', main: false }
  await addAddress(asTx(blazon.tools.db), accountId, added)
  await issueForAddress(blazon.tools, { accountId, badgeId: badge.id, email: other })
  const name = (await ask(blazon, badge)).body
  const [, made] = await standing(blazon)
  return { accountId, badge, files: [credential, name, made?.data_integrity ?? ''] }
}
