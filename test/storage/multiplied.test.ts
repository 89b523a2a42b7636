import { DatabaseSync } from 'node:sqlite'
import t from 'tap'
import { listSitemap } from '../../src/actions/showing/list-sitemap.ts'
import { findCredential } from '../../src/storage/badges/credentials.ts'
import { bodyText } from '../../src/storage/results/results.ts'
import { onEachDatabase } from '../help/databases.ts'
import { multiply } from '../help/multiply.ts'
import { issueOriginals } from '../help/originals.ts'
import { get, passEvent, post, start } from '../help/start.ts'

const many = 2000

onEachDatabase(t, 'a multiplied database is one that Blazon works with', async (t, database) => {
  const first = await start(t, { database, keepOpen: true })
  const originals = await issueOriginals(first)
  await first.close()
  const made: number[] = []
  await multiply(database.url, many, { progress: (count) => made.push(count) })
  t.equal(made.at(-1), many)
  if (database.name === 'SQLite') {
    const db = new DatabaseSync(database.url.slice('sqlite:'.length))
    t.same(db.prepare('pragma foreign_key_check').all(), [])
    t.match(db.prepare('pragma integrity_check').all(), [{ integrity_check: 'ok' }])
    db.close()
  }

  const blazon = await start(t, { database })
  const { db } = blazon.tools
  const copies = await db
    .selectFrom('badge')
    .innerJoin('credential', 'credential.badge_id', 'badge.id')
    .select(['badge.id', 'slug', 'hosted_id', 'visibility', 'result_id', 'candidate_id'])
    .select(['revoked_at', 'status_list', 'status_index', 'credential_id'])
    .where(
      'badge.id',
      'not in',
      originals.map(({ id }) => id),
    )
    .orderBy('badge.id')
    .execute()
  t.equal(copies.length, many)
  t.equal(copies.filter(({ visibility }) => visibility === 'public').length, (many / 8) * 3)
  t.equal(copies.filter((copy) => copy.revoked_at !== null).length, many / 8)
  const [newest] = copies.filter((copy) => copy.visibility === 'public').slice(-1)
  if (!newest) throw new Error('no copy is public')

  const copied = (await findCredential(db, { badge_id: newest.id }))?.dataIntegrity ?? ''
  const document = JSON.parse(copied)
  t.match(document, {
    id: `urn:uuid:${newest.credential_id}`,
    credentialStatus: { id: RegExp(`/status/${newest.status_list}#${newest.status_index}$`) },
  })
  t.equal((await get(blazon, `/b/${newest.slug}`)).statusCode, 200)
  t.match((await get(blazon, `/ob2/assertions/${newest.hosted_id}`)).json(), { type: 'Assertion' })
  t.equal((await get(blazon, `/status/${newest.status_list}`)).statusCode, 200)
  t.equal((await get(blazon, '/directory')).body.match(/href="[^"]*\/b\//g)?.length, 20)

  const parts = (await listSitemap(blazon.tools, 100)).addresses
  t.equal(parts.filter((part) => part.includes('badges-')).length, many / 100)
  t.ok(parts.filter((part) => part.includes('profiles-')).length >= many / 100)

  const page = await blazon.app.inject({ url: '/v1/badges?limit=50', headers: blazon.auth })
  t.equal(page.json().badges.length, 50)

  const original = originals.find(({ fate }) => fate === 'public')
  const [shown] = await db
    .selectFrom('badge')
    .select('slug')
    .where('id', '=', original?.id ?? '')
    .execute()
  const credential = await get(blazon, `/b/${shown?.slug}/credential.json`)
  const verdict = async (payload: string) => {
    const headers = { 'content-type': 'application/vc+ld+json' }
    return (await blazon.app.inject({ method: 'POST', url: '/v1/verify', headers, payload })).json()
  }
  t.match(await verdict(credential.body), { verdict: 'valid' })
  t.match(await verdict(copied), { verdict: 'invalid' })

  t.equal((await post(blazon, passEvent())).status, 201)
  const { body } = await db
    .selectFrom('result')
    .select(bodyText)
    .where('result_id', '=', newest.result_id)
    .executeTakeFirstOrThrow()
  const failed = await post(blazon, { ...JSON.parse(body), revision: 2, outcome: 'failed' })
  t.equal(failed.status, 200)
  t.match((await get(blazon, `/ob2/assertions/${newest.hosted_id}`)).json(), { revoked: true })
})
