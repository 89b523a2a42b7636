import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { eraseAccount } from '../../src/actions/holders/erase-account.ts'
import { issueForAddress } from '../../src/actions/issuing/issue-for-address.ts'
import { reissueWithdrawn } from '../../src/actions/issuing/reissue-withdrawn.ts'
import { identityHash } from '../../src/domain/people/identity-hash.ts'
import { compromiseKeys } from '../../src/signing/change-keyring.ts'
import { onEachDatabase } from '../help/databases.ts'
import { change, get, issue, start, testKeys } from '../help/start.ts'
import { everything } from './arrive.ts'
import { ask, judge, named, other, standing, withAll } from './named.ts'

onEachDatabase(
  t,
  'revoking a badge revokes every file of it; nothing new is signed for it, and what there is stays its owner’s',
  async (t, database) => {
    const blazon = await start(t, { database })
    const { accountId, badge, files } = await withAll(blazon)
    for (const file of files) t.equal((await judge(blazon, file)).verdict, 'valid')
    await change(blazon, badge.id, 'revoke', { class: 'withdrawn' })
    for (const file of files) t.equal((await judge(blazon, file)).verdict, 'revoked')
    t.same(await standing(blazon), [])
    t.equal((await ask(blazon, badge)).body, files[1])
    const late = await issue(blazon, { resultId: 'R-late', exam: 'PR000002' })
    await change(blazon, late.id, 'revoke', { class: 'withdrawn' })
    t.equal((await ask(blazon, late)).statusCode, 404)
    const email = 'Wilhelmina@example.com'
    const asked = issueForAddress(blazon.tools, { accountId, badgeId: badge.id, email })
    await t.rejects(asked, /no longer valid/)
  },
)

onEachDatabase(
  t,
  'a compromised key issues every file anew, the address and the name in each as they were',
  async (t, database) => {
    const KEYS_DIR = ring(t)
    const blazon = await start(t, { database, settings: { KEYS_DIR } })
    const { badge, files } = await withAll(blazon)
    const addresses = ['Wilhelmina@example.com', 'wilhelmina@example.com', other]
    const of = (hash: string | undefined, salt: string) =>
      addresses.find((each) => identityHash(each, salt) === hash) ?? 'of no address of theirs'
    // Each file hashes the address with a salt of its own (conformance 1.8).
    const plain = ({ hashed, identityHash: hash, salt = '', ...rest }: Record<string, string>) =>
      hashed ? { ...rest, hash: of(hash, salt) } : { ...rest, hash }
    const identifiers = (rows: string[]) =>
      rows
        .map((text) => JSON.stringify(JSON.parse(text).credentialSubject.identifier.map(plain)))
        .toSorted()
    t.notMatch(identifiers(files).join(), /of no address of theirs/)
    await compromiseKeys(KEYS_DIR, ['ed25519-1'], { now: '2026-11-22T04:00:00Z' })
    await blazon.reloadKeys()
    t.equal(await reissueWithdrawn(blazon.tools, 'ed25519-1'), 1)
    const after = (await standing(blazon)).map(({ data_integrity: text }) => text ?? '')
    t.equal(after.length, 3)
    t.same(identifiers(after), identifiers(files))
    for (const file of after) t.equal((await judge(blazon, file)).verdict, 'valid')
    t.notOk(files.includes((await ask(blazon, badge)).body))
    t.equal(await reissueWithdrawn(blazon.tools, 'ed25519-1'), 0)
  },
)

for (const [copies, verdict] of [
  ['keep', 'valid'],
  ['revoke', 'revoked'],
] as const)
  onEachDatabase(
    t,
    `of somebody who is erased the random ids of every file stay, and the name nowhere: copies are ${verdict} as their holder chose`,
    async (t, database) => {
      const blazon = await start(t, { database })
      const { accountId, badge, files } = await withAll(blazon)
      await eraseAccount(blazon.tools, { accountId, copies })
      for (const file of files) t.equal((await judge(blazon, file)).verdict, verdict)
      t.equal((await get(blazon, named(badge), blazon.auth)).statusCode, 404)
      const kept = await blazon.tools.db.selectFrom('erased_credential').selectAll().execute()
      t.equal(kept.length, 3)
      t.notMatch(await everything(blazon), /王小明|Wilhelmina|other\.address/)
    },
  )

function ring(t: Test) {
  const dir = mkdtempSync(join(tmpdir(), 'blazon-keys-'))
  t.teardown(() => rmSync(dir, { recursive: true, force: true }))
  cpSync(testKeys, dir, { recursive: true })
  return dir
}
