import { issueForAddress } from '../../src/actions/issue-for-address.ts'
import { addAddress } from '../../src/storage/accounts.ts'
import { get, type Started } from '../help/start.ts'
import { arrive } from './arrive.ts'

const other = 'other.address@example.org'
const type = 'application/vc+ld+json'

export const named = ({ links }: Of, form = 'named-credential.json') => `${links.page}/${form}`
export const ask = (blazon: Started, badge: Of, form?: string) =>
  get(blazon, named(badge, form), blazon.auth)
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
  tools.db
    .selectFrom('credential')
    .select(['kind', 'holder_name', 'data_integrity', 'credential_id', 'status_index'])
    .where('replaced_at', 'is', null)
    .where('revoked_class', 'is', null)
    .orderBy('kind')
    .execute()

/** Somebody with all three credentials of a badge. */
export async function withAll(blazon: Started) {
  const { accountId, badge, credential } = await arrive(blazon)
  const added = { email: other, verifiedAt: '2026-11-22T04:00:00.000Z', main: false }
  await addAddress(blazon.tools.db, accountId, added)
  await issueForAddress(blazon.tools, { accountId, badgeId: badge.id, email: other })
  const name = (await ask(blazon, badge)).body
  const [, made] = await standing(blazon)
  return { accountId, badge, files: [credential, name, made?.data_integrity ?? ''] }
}
