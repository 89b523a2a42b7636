import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { followKeys, keysPause } from '../../src/ring.ts'
import { compromiseKeys, initKeyring, rotateKeyring } from '../../src/signing/change-keyring.ts'
import { loadKeyring } from '../../src/signing/keyring.ts'
import { type Key, readKeyringFile } from '../../src/signing/keyring-file.ts'
import { get, start } from '../help/start.ts'

const now = '2026-11-22T04:00:00Z'

function folder(t: Test) {
  const dir = mkdtempSync(join(tmpdir(), 'blazon-keys-'))
  t.teardown(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

const states = (keys: Key[]) => Object.fromEntries(keys.map(({ id, state }) => [id, state]))

t.test('a new ring has an active key and a published next one of each kind', async (t) => {
  const dir = folder(t as Test)
  t.same(states(await initKeyring(dir, { now })), {
    'ed25519-1': 'active',
    'ed25519-2': 'next',
    'rsa-1': 'active',
    'rsa-2': 'next',
  })
  const ring = await loadKeyring(dir)
  t.same(
    ring.published.map(({ id }) => id),
    ['ed25519-1', 'ed25519-2', 'rsa-1', 'rsa-2'],
  )
})

t.test('rotating retires, promotes and makes; no id is ever used again', async (t) => {
  const dir = folder(t as Test)
  await initKeyring(dir, { now })
  await compromiseKeys(dir, ['rsa-2'], { now })
  const { before, after } = await rotateKeyring(dir, { now: '2026-12-01T00:00:00Z' })
  t.equal(states(before)['rsa-3'], 'next', 'a withdrawn next key gets a successor')
  t.same(states(after), {
    'ed25519-1': 'retired',
    'ed25519-2': 'active',
    'ed25519-3': 'next',
    'rsa-1': 'retired',
    'rsa-2': 'compromised',
    'rsa-3': 'active',
    'rsa-4': 'next',
  })
  t.equal(after.find(({ id }) => id === 'rsa-1')?.since, '2026-12-01T00:00:00Z')
  t.equal(statSync(join(dir, 'rsa-4.pem')).mode & 0o777, 0o600)
  const ring = await loadKeyring(dir)
  t.notOk(
    ring.published.some(({ id }) => id === 'rsa-2'),
    'withdrawn',
  )
  t.throws(() => ring.sign('ed25519-1', Buffer.from('x')), /not active/)
})

t.test('the active key is compromised: the next one signs at once', async (t) => {
  const dir = folder(t as Test)
  await initKeyring(dir, { now })
  const { after } = await compromiseKeys(dir, ['ed25519-1', 'ed25519-2'], { now })
  t.match(states(after), {
    'ed25519-1': 'compromised',
    'ed25519-2': 'compromised',
    'ed25519-3': 'active',
    'ed25519-4': 'next',
    'rsa-1': 'active',
  })
})

t.test('what cannot be done changes nothing and says why', async (t) => {
  const dir = folder(t as Test)
  await initKeyring(dir, { now })
  const { text } = await readKeyringFile(dir)
  await t.rejects(compromiseKeys(dir, ['rsa-1', 'rsa-9', 'x'], { now }), /no key named rsa-9 or x/)
  writeFileSync(join(dir, 'keyring.lock'), '')
  await t.rejects(rotateKeyring(dir, { now }), /delete .*keyring\.lock/)
  rmSync(join(dir, 'keyring.lock'))
  await t.rejects(rotateKeyring(join(dir, 'none'), { now }), /cannot be written|no key ring/)
  const examples = await readKeyringFile('keys.example')
  await t.rejects(rotateKeyring('keys.example', { now }), /example keys, which must not change/)
  t.equal((await readKeyringFile('keys.example')).text, examples.text)
  t.equal((await readKeyringFile(dir)).text, text)
  t.notOk(existsSync(join(dir, 'keyring.lock')))
})

t.test('two rotations at once: both are done one after the other, or one says so', async (t) => {
  const dir = folder(t as Test)
  await initKeyring(dir, { now })
  const done = await Promise.allSettled([rotateKeyring(dir, { now }), rotateKeyring(dir, { now })])
  const rotations = done.filter(({ status }) => status === 'fulfilled').length
  const ring = await loadKeyring(dir)
  t.equal(ring.active('RS256'), `rsa-${rotations + 1}`)
})

t.test(
  'a running Blazon keeps its ring when the changed one cannot be used, and says so',
  async (t) => {
    const dir = folder(t as Test)
    await initKeyring(dir, { now })
    const blazon = await start(t as Test, { settings: { KEYS_DIR: dir } })
    const path = join(dir, 'keyring.json')
    const whole = readFileSync(path, 'utf8')
    writeFileSync(path, whole.slice(0, 100))
    await blazon.reloadKeys()
    t.equal(blazon.tools.keyring.active('RS256'), 'rsa-1')
    t.match(blazon.log.join(''), /cannot be used; the old one stays in use/)
    t.equal((await get(blazon, '/keys/rsa-1')).statusCode, 200)
    writeFileSync(path, whole)
    await rotateKeyring(dir, { now })
    await blazon.reloadKeys()
    t.equal(blazon.tools.keyring.active('RS256'), 'rsa-2')
    t.equal((await get(blazon, '/keys/rsa-3')).statusCode, 200, 'the next one is published ahead')
  },
)

t.test('a private key that is there and cannot be read is not called missing', async (t) => {
  const dir = folder(t as Test)
  await initKeyring(dir, { now })
  const path = join(dir, 'rsa-2.pem')
  rmSync(path)
  await t.rejects(loadKeyring(dir), /rsa-2\.pem is missing.*backup/)
  mkdirSync(path)
  await t.rejects(loadKeyring(dir), /rsa-2\.pem cannot be read \(EISDIR\).*user that runs Blazon/)
})

t.test('a running Blazon takes a changed ring up by itself, within a minute', async (t) => {
  const dir = folder(t as Test)
  await initKeyring(dir, { now })
  const blazon = await start(t as Test, { settings: { KEYS_DIR: dir } })
  t.teardown(followKeys(blazon.reloadKeys, 10))
  const status = async () => (await get(blazon, '/keys/rsa-3')).statusCode
  t.equal(await status(), 404)
  await rotateKeyring(dir, { now })
  const begun = Date.now()
  while ((await status()) === 404 && Date.now() - begun < 10_000) await sleep(5)
  t.equal(await status(), 200)
  t.ok(keysPause < 60_000)
})
