import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import t from 'tap'
import { claimByLink } from '../../src/actions/holders/claim-badge.ts'
import { eraseAccount } from '../../src/actions/holders/erase-account.ts'
import { makeMailLink } from '../../src/actions/support/mail-links.ts'
import { onEachDatabase } from '../help/databases.ts'
import { runMails } from '../help/mails.ts'
import { eligibility } from '../help/review.ts'
import { get, issue, passEvent, post, type Started, start } from '../help/start.ts'
import { arrive, candidate, everything, secrets } from './arrive.ts'

const judge = async ({ app }: Started, payload: string, type: string) =>
  (
    await app.inject({
      method: 'POST',
      url: '/v1/verify',
      headers: { 'content-type': type },
      payload,
    })
  ).json().verdict

onEachDatabase(
  t,
  'whoever is erased is nowhere any more, and every address of theirs is as if it had never been',
  async (t, database) => {
    const folder = mkdtempSync(join(tmpdir(), 'blazon-mails-'))
    t.teardown(() => rmSync(folder, { recursive: true, force: true }))
    const blazon = await start(t, { database, keepOpen: true, settings: { MAIL_DIR: folder } })
    const { accountId, badge } = await arrive(blazon)
    const before = await everything(blazon)
    for (const secret of secrets) t.ok(before.includes(secret), `the search finds ${secret}`)
    await runMails(blazon)
    t.ok(mailsIn(folder).includes('wilhelmina@example.com'), 'the folder has her mails')
    await eraseAccount(blazon.tools, { accountId, copies: 'keep' })
    t.equal(mailsIn(folder), '', 'and no more')
    const none = await get(blazon, '/b/AAAAAAAAAAAAAAAAAAAAAA')
    const page = await get(blazon, badge.links.page)
    t.same([page.statusCode, page.body, page.headers.etag], [none.statusCode, none.body, undefined])
    t.equal((await get(blazon, badge.links.assertion)).statusCode, 404)
    const after = await everything(blazon)
    for (const secret of [...secrets, badge.certificationNumber])
      t.notOk(after.includes(secret), `${secret} is nowhere`)
    const log = blazon.log.join('')
    for (const secret of secrets) t.notOk(log.includes(secret), `${secret} is not in the log`)
    await blazon.close()
    if (database.name !== 'SQLite') return
    const path = database.url.slice('sqlite:'.length)
    const file = new DatabaseSync(path)
    file.exec('PRAGMA wal_checkpoint(TRUNCATE); VACUUM')
    file.close()
    for (const name of [path, `${path}-wal`, `${path}-shm`])
      for (const secret of secrets) t.notOk(bytesOf(name).includes(secret), `${secret} in ${name}`)
  },
)

onEachDatabase(
  t,
  'a message about an erased result mints nothing and keeps nothing; saying the same again changes nothing',
  async (t, database) => {
    const blazon = await start(t, { database })
    const { accountId } = await arrive(blazon)
    await eraseAccount(blazon.tools, { accountId, copies: 'keep' })
    const message = passEvent({ resultId: 'R-4711', candidate })
    const replay = await post(blazon, message)
    t.equal(replay.status, 200)
    t.match(replay.body, { result: { state: 'recorded', reason: /erased their data/ } })
    t.notOk(replay.body.badge)
    t.equal((await post(blazon, { ...message, score: '900' })).status, 409, 'another body')
    const later = await post(blazon, { ...message, revision: 2, score: '900' })
    t.match([later.status, later.body.result.state], [200, 'recorded'])
    t.match((await post(blazon, message)).body, { result: { state: 'outdated' } })
    const found = await everything(blazon)
    for (const secret of secrets) t.notOk(found.includes(secret), secret)
    const { count } = await blazon.tools.db
      .selectFrom('badge')
      .select(({ fn }) => fn.countAll<string | number>().as('count'))
      .executeTakeFirstOrThrow()
    t.equal(Number(count), 0)
  },
)

onEachDatabase(
  t,
  'copies stay valid or are revoked, as the holder chose; the programme can still revoke what was left valid',
  async (t, database) => {
    const blazon = await start(t, { database })
    const kept = await arrive(blazon)
    const other = { ...candidate, id: 'C-2', email: 'two@example.com', birthDate: '1991-01-01' }
    const revoked = await issue(blazon, { resultId: 'R-2', candidate: other })
    const file = (await get(blazon, revoked.links.credential)).body
    const { url } = await makeMailLink(blazon.tools, {
      purpose: 'claim',
      email: other.email,
      badgeId: revoked.id,
    })
    const claimed = await claimByLink(blazon.tools, {
      secret: url.split('/').at(-1) ?? '',
      answer: { visibility: 'private' },
      agent: 'Safari on Mac',
    })
    await eraseAccount(blazon.tools, { accountId: claimed?.accountId ?? '', copies: 'revoke' })
    await eraseAccount(blazon.tools, { accountId: kept.accountId, copies: 'keep' })
    const json = 'application/vc+ld+json'
    t.equal(await judge(blazon, kept.credential, json), 'valid')
    t.equal(await judge(blazon, kept.jws, 'text/plain'), 'valid')
    t.equal(await judge(blazon, file, json), 'revoked')
    const invalidated = { resultId: 'R-4711', revision: 2, outcome: 'invalidated', candidate }
    t.equal((await post(blazon, passEvent(invalidated))).status, 200)
    t.equal(await judge(blazon, kept.credential, json), 'revoked')
    t.equal(await judge(blazon, kept.jws, 'text/plain'), 'revoked')
    const list = (await get(blazon, '/ob2/rsa-1/revocations')).body
    t.match(list, JSON.parse(Buffer.from(kept.jws.split('.')[1] ?? '', 'base64url').toString()).id)
  },
)

onEachDatabase(t, 'the retake clock survives, and ends as it would have', async (t, database) => {
  const blazon = await start(t, { database })
  const { accountId } = await arrive(blazon)
  const key = { source: 'webassessor', id: candidate.id }
  const query = 'exam=PR000002&on=2026-11-23'
  const { body: before } = await eligibility(blazon, key.id, query)
  t.equal(before.eligible, false)
  await eraseAccount(blazon.tools, { accountId, copies: 'keep' })
  const { body: after } = await eligibility(blazon, key.id, query)
  t.match(after, { eligible: false, earliest: before.earliest, failures: [{ date: '2026-11-20' }] })
  const soon = {
    resultId: 'R-9',
    exam: 'PR000002',
    startedAt: '2026-11-21T09:00:00+08:00',
    endedAt: '2026-11-21T10:00:00+08:00',
    candidate,
  }
  t.match((await post(blazon, passEvent(soon))).body, { result: { state: 'parked' } })
  const again = passEvent({ ...soon, resultId: 'R-10', exam: 'PR000001' })
  t.equal((await post(blazon, again)).status, 201, 'what is earned later is a new badge')
})

/** Every mail of a folder, as one text, decoded as far as a search needs it. */
function mailsIn(folder: string): string {
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch {
    return Buffer.alloc(0)
  }
}
