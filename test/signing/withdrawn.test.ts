import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { reissueWithdrawn } from '../../src/actions/issuing/reissue-withdrawn.ts'
import { compromiseKeys } from '../../src/signing/change-keyring.ts'
import { signatures } from '../crash/faults.ts'
import { onEachDatabase } from '../help/databases.ts'
import { change, get, issue, passEvent, type Started, start, testKeys } from '../help/start.ts'

const now = '2026-11-22T04:00:00Z'

function ring(t: Test) {
  const dir = mkdtempSync(join(tmpdir(), 'blazon-keys-'))
  t.teardown(() => rmSync(dir, { recursive: true, force: true }))
  cpSync(testKeys, dir, { recursive: true })
  return dir
}

const credentials = ({ tools }: Started) =>
  tools.db
    .selectFrom('credential')
    .select(['badge_id', 'revoked_class', 'replaced_at', 'data_integrity_key'])
    .orderBy('badge_id')
    .orderBy('replaced_at')
    .execute()

onEachDatabase(
  t,
  'issuing anew is cut off again and again, and in the end each badge was issued anew once',
  async (t, database) => {
    const KEYS_DIR = ring(t)
    const blazon = await start(t, { database, settings: { KEYS_DIR } })
    for (let index = 0; index < 5; index += 1)
      await issue(blazon, {
        resultId: `R-${index}`,
        candidate: { ...passEvent().candidate, id: `C-${index}`, email: `c${index}@example.com` },
      })
    await compromiseKeys(KEYS_DIR, ['ed25519-1'], { now })
    await blazon.reloadKeys()
    const { keyring } = blazon.tools
    let cuts = 0
    for (let at = 1; ; at += 1)
      try {
        const fuse = { steps: 0, at: at % 3 === 0 ? 4 : 3, names: [] }
        await reissueWithdrawn({ ...blazon.tools, keyring: signatures(fuse, keyring) }, 'ed25519-1')
        break
      } catch (error) {
        t.match((error as Error).message, /^died at step/)
        cuts += 1
      }
    t.ok(cuts >= 3, `${cuts} cuts`)
    const rows = await credentials(blazon)
    t.equal(rows.length, 10, 'two credentials each')
    const standing = rows.filter(({ replaced_at }) => replaced_at === null)
    t.same(
      standing.map(({ data_integrity_key }) => data_integrity_key),
      Array(5).fill('ed25519-2'),
    )
    t.ok(rows.every((row) => (row.replaced_at === null) === (row.revoked_class === null)))
    t.equal(await reissueWithdrawn(blazon.tools, 'ed25519-1'), 0, 'once more changes nothing')
    const mails = await blazon.tools.db
      .selectFrom('job')
      .select('key')
      .where('key', 'like', 'mail:%:corrected:%')
      .execute()
    t.equal(mails.length, 5, 'each holder is told once')
  },
)

onEachDatabase(
  t,
  'a revoked badge is not issued anew; one whose JWS alone bears the key is, and so is one that only names it',
  async (t, database) => {
    const KEYS_DIR = ring(t)
    const blazon = await start(t, { database, settings: { KEYS_DIR } })
    const revoked = await issue(blazon)
    await change(blazon, revoked.id, 'revoke', { class: 'withdrawn' })
    const named = await issue(blazon, { resultId: 'R-2', exam: 'PR000002' })
    await compromiseKeys(KEYS_DIR, ['rsa-1'], { now })
    await blazon.reloadKeys()
    t.equal(await reissueWithdrawn(blazon.tools, 'rsa-1'), 1)
    const assertion = (await get(blazon, named.links.assertion)).json()
    t.match(assertion.badge, '/ob2/rsa-2/')
    t.equal((await get(blazon, revoked.links.assertion)).statusCode, 410)
    await compromiseKeys(KEYS_DIR, ['rsa-2'], { now })
    await blazon.reloadKeys()
    await get(blazon, named.links.assertionJws)
    t.equal(await reissueWithdrawn(blazon.tools, 'rsa-2'), 1)
    t.equal(await reissueWithdrawn(blazon.tools, 'rsa-1'), 0)
  },
)

t.test('a process whose ring still has the key as good does not issue anew with it', async (t) => {
  const blazon = await start(t as Test)
  await issue(blazon)
  await t.rejects(reissueWithdrawn(blazon.tools, 'ed25519-1'), /the same KEYS_DIR/)
})
