import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { initKeyring } from '../../src/signing/change-keyring.ts'
import type { KeyringFile } from '../../src/signing/keyring-file.ts'
import { sqliteDatabase } from '../help/databases.ts'
import { get, issue, start, testKeys } from '../help/start.ts'

/** A copy of the test ring with a second RSA key; the first is in the state given. */
async function rotated(t: Test, state: 'retired' | 'compromised') {
  const folder = mkdtempSync(join(tmpdir(), 'blazon-keys-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(testKeys, folder, { recursive: true })
  const fresh = join(folder, 'fresh')
  await initKeyring(fresh, { now: '2026-11-22T00:00:00Z' })
  const read = (dir: string) =>
    JSON.parse(readFileSync(join(dir, 'keyring.json'), 'utf8')) as KeyringFile
  const second = read(fresh).keys.find(({ id }) => id === 'rsa-1')
  cpSync(join(fresh, 'rsa-1.pem'), join(folder, 'rsa-2.pem'))
  const keys = read(folder).keys.map((key) => (key.id === 'rsa-1' ? { ...key, state } : key))
  writeFileSync(
    join(folder, 'keyring.json'),
    JSON.stringify({ keys: [...keys, { ...second, id: 'rsa-2' }] }),
  )
  return folder
}

t.test(
  'a second RSA key touches no old file: what the first signed, and what names it, answers and verifies as before',
  async (t) => {
    const database = await sqliteDatabase(t as Test)
    const first = await start(t as Test, { database, keepOpen: true })
    const badge = await issue(first)
    const addresses = [
      '/ob2/rsa-1/issuer',
      '/ob2/rsa-1/key',
      '/ob2/rsa-1/revocations',
      '/ob2/rsa-1/achievements/practitioner/1',
      '/keys/rsa-1',
      badge.links.assertion,
      badge.links.assertionJws,
      badge.links.credentialJwt,
    ]
    const before = []
    for (const address of addresses) before.push((await get(first, address)).body)
    await first.close()
    const second = await start(t as Test, {
      database,
      settings: { KEYS_DIR: await rotated(t as Test, 'retired') },
    })
    for (const [index, address] of addresses.entries())
      t.equal((await get(second, address)).body, before[index], address)
    const next = await issue(second, { resultId: 'R-2', startedAt: '2026-11-20T00:00:00Z' })
    t.match((await get(second, next.links.assertion)).json().badge, '/ob2/rsa-2/')
    t.match(
      (await get(second, '/.well-known/jwks.json'))
        .json()
        .keys.map(({ kid }: { kid: string }) => kid),
      [/ed25519-1/, /rsa-1/, /rsa-2/],
    )
  },
)

t.test(
  'a compromised key is withdrawn, and every address that a hosted assertion names still answers',
  async (t) => {
    const database = await sqliteDatabase(t as Test)
    const first = await start(t as Test, { database, keepOpen: true })
    const badge = await issue(first)
    await first.close()
    const second = await start(t as Test, {
      database,
      settings: { KEYS_DIR: await rotated(t as Test, 'compromised') },
    })
    const assertion = (await get(second, badge.links.assertion)).json()
    const achievement = await get(second, assertion.badge)
    t.equal(achievement.statusCode, 200)
    const issuer = await get(second, achievement.json().issuer)
    t.equal(issuer.statusCode, 200)
    t.notOk(issuer.json().publicKey)
    t.equal((await get(second, issuer.json().revocationList)).statusCode, 200)
    t.equal((await get(second, '/ob2/rsa-1/key')).statusCode, 404)
    t.equal((await get(second, '/keys/rsa-1')).statusCode, 404)
  },
)
