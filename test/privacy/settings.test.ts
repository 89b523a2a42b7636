import t from 'tap'
import type { PrivacyChange } from '../../schemas/badge.ts'
import { claimSignedIn } from '../../src/actions/holders/claim-badge.ts'
import { setHolderPrivacy } from '../../src/actions/holders/set-holder-privacy.ts'
import { openSession } from '../../src/actions/holders/sign-in.ts'
import { changeBadge } from '../../src/actions/support/change-badge.ts'
import { findBadge } from '../../src/storage/badges/badges.ts'
import { migrations } from '../../src/storage/migrations/migrations.ts'
import { onEachDatabase } from '../help/databases.ts'
import { get, issue, passEvent, type Started, start } from '../help/start.ts'
import { asTx, asTxTools } from '../help/transaction.ts'

const visibilities = ['private', 'link', 'public'] as const
const states = [
  ...visibilities.map((visibility) => ({ visibility, discoverable: false })),
  { visibility: 'public' as const, discoverable: true },
]
const changes: PrivacyChange[] = [undefined, ...visibilities].flatMap((visibility) =>
  [undefined, false, true].map((discoverable) => ({
    nameDisplay: 'full' as const,
    ...(visibility && { visibility }),
    ...(discoverable !== undefined && { discoverable }),
  })),
)

/** What is on record of a badge, and whether the directory has it. */
async function present(blazon: Started, id: string) {
  const badge = await findBadge(blazon.tools.db, id)
  const isListed = (await get(blazon, '/directory')).body.includes(badge?.slug ?? '')
  return { visibility: badge?.visibility, discoverable: badge?.discoverable, isListed }
}

onEachDatabase(t, 'an operator lists nothing that is not public', async (t, database) => {
  const blazon = await start(t, { database })
  const { app, auth, tools } = blazon
  const { id } = await issue(blazon, { visibility: 'private' })
  for (const before of states)
    for (const payload of changes) {
      const told = `${JSON.stringify(before)}, then ${JSON.stringify(payload)}`
      await changeBadge(asTx(tools.db), id, before)
      const answer = await app.inject({
        method: 'PUT',
        url: `/v1/badges/${id}/privacy`,
        headers: auth,
        payload,
      })
      const visibility = payload.visibility ?? before.visibility
      const isRefused = payload.discoverable === true && visibility !== 'public'
      t.equal(answer.statusCode, isRefused ? 409 : 200, told)
      const isListed = visibility === 'public' && (payload.discoverable ?? before.discoverable)
      const after = { visibility, discoverable: isListed, isListed }
      t.same(
        await present(blazon, id),
        isRefused ? { ...before, isListed: before.discoverable } : after,
        told,
      )
      const verb = payload.visibility ? 'would be' : 'is'
      if (isRefused) t.match(answer.json().detail, `this one ${verb} ${visibility}`)
      if (isRefused) continue
      t.equal(answer.json().discoverable, after.discoverable, told)
      await app.inject({
        method: 'PUT',
        url: `/v1/badges/${id}/privacy`,
        headers: auth,
        payload: { visibility: 'public' },
      })
      t.equal((await present(blazon, id)).isListed, isListed, `made public: ${told}`)
    }
})

onEachDatabase(t, 'an owner lists nothing that is not public', async (t, database) => {
  const blazon = await start(t, { database })
  const { tools } = blazon
  const { id } = await issue(blazon, { visibility: 'private' })
  const { email } = passEvent().candidate
  const { accountId } = await openSession(asTxTools(tools), { email, agent: 'Firefox on Linux' })
  await claimSignedIn(tools, { accountId, badgeId: id, answer: { visibility: 'private' } })
  const others = { nameDisplay: 'full', showExpired: true } as const
  for (const before of states)
    for (const after of visibilities)
      for (const discoverable of [false, true]) {
        const told = `${JSON.stringify(before)}, then ${after}, ${discoverable}`
        await changeBadge(asTx(tools.db), id, before)
        const settings = { ...others, visibility: after, discoverable }
        await setHolderPrivacy(tools, { accountId, badgeId: id, settings })
        const isListed = after === 'public' && discoverable
        t.same(
          await present(blazon, id),
          { visibility: after, discoverable: isListed, isListed },
          told,
        )
      }
})

onEachDatabase(
  t,
  'a badge that an operator listed is listed no more once its holder claims it as less than public',
  async (t, database) => {
    const blazon = await start(t, { database })
    const { tools } = blazon
    for (const visibility of visibilities) {
      const email = `${visibility}@example.com`
      const candidate = { ...passEvent().candidate, id: visibility, email }
      const { id } = await issue(blazon, { resultId: visibility, candidate })
      await changeBadge(asTx(tools.db), id, { discoverable: true })
      const { accountId } = await openSession(asTxTools(tools), {
        email,
        agent: 'Firefox on Linux',
      })
      await claimSignedIn(tools, { accountId, badgeId: id, answer: { visibility } })
      const isListed = visibility === 'public'
      t.same(await present(blazon, id), { visibility, discoverable: isListed, isListed })
    }
  },
)

onEachDatabase(
  t,
  'what was on record as listed and hidden is listed no more',
  async (t, database) => {
    const blazon = await start(t, { database })
    const { db } = blazon.tools
    const ids: Record<string, string> = {}
    for (const visibility of visibilities) {
      const candidate = { ...passEvent().candidate, id: visibility }
      const { id } = await issue(blazon, { resultId: visibility, candidate, visibility })
      await changeBadge(asTx(db), id, { discoverable: true })
      ids[visibility] = id
    }
    await migrations(database.name === 'SQLite')['0015-settings']?.up(db)
    for (const visibility of visibilities) {
      const discoverable = visibility === 'public'
      const found = await findBadge(db, ids[visibility] ?? '')
      t.same([found?.visibility, found?.discoverable], [visibility, discoverable])
    }
  },
)
