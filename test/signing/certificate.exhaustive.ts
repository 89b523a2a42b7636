import { X509Certificate } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import t, { type Test } from 'tap'
import {
  importCertificate,
  keepCertificate,
  renewCertificate,
} from '../../src/signing/change-certificate.ts'
import { initKeyring, rotateKeyring } from '../../src/signing/change-keyring.ts'
import { loadKeyring } from '../../src/signing/keyring.ts'
import { makeCertificate } from '../../src/signing/make-certificate.ts'
import { p12 } from '../help/p12.ts'

const root = resolve(import.meta.dirname, '../..')
const now = '2026-11-22T04:00:00Z'
t.setTimeout(120_000) // keys take their time

async function ring(t: Test, name?: string) {
  const dir = mkdtempSync(join(tmpdir(), 'blazon-keys-'))
  t.teardown(() => rmSync(dir, { recursive: true, force: true }))
  await initKeyring(dir, { now, ...(name && { name }) })
  return dir
}

t.test('a new ring has a certificate for documents, in any letters, for ten years', async (t) => {
  const dir = await ring(t as Test, 'Nørthwind 认证')
  const { certificate } = await loadKeyring(dir)
  t.equal(certificate?.name, 'Nørthwind 认证')
  t.equal(certificate?.validUntil, '2036-11-22T04:00:00.000Z')
  const { publicKey, keyUsage, ca } = new X509Certificate(certificate?.text ?? '')
  t.ok((publicKey.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048)
  t.same([keyUsage, ca], [['1.3.6.1.5.5.7.3.36'], false], 'RFC 9336: it signs documents')
  t.equal(statSync(join(dir, 'certificate.key')).mode & 0o777, 0o600)
})

t.test('a ring that is older has none until it is rotated or one is asked for', async (t) => {
  for (const give of [
    (dir: string) => rotateKeyring(dir, { now }),
    (dir: string) => renewCertificate(dir, { name: 'Northwind', now }),
  ]) {
    const dir = await ring(t as Test)
    rmSync(join(dir, 'certificate.pem'))
    rmSync(join(dir, 'certificate.key'))
    const before = await loadKeyring(dir)
    t.equal(before.certificate, undefined)
    await give(dir)
    const after = await loadKeyring(dir)
    t.ok(after.certificate)
    t.not(after.text, before.text, 'a running Blazon sees that the ring changed')
  }
})

t.test('rotation leaves a certificate that is there as it is', async (t) => {
  const dir = await ring(t as Test)
  const before = readFileSync(join(dir, 'certificate.pem'), 'utf8')
  await rotateKeyring(dir, { now })
  t.equal(readFileSync(join(dir, 'certificate.pem'), 'utf8'), before)
})

const issuers = (count: number) =>
  Array.from({ length: count }, (_, index) => `Issuing CA ${index}`)

t.test('the certificate of a P12 takes its place, with those that vouch for it', async (t) => {
  const dir = await ring(t as Test)
  await importCertificate(dir, { p12: p12('correct horse'), password: 'correct horse' })
  const { certificate } = await loadKeyring(dir)
  t.equal(certificate?.name, 'Northwind Certification')
  t.equal(certificate?.text.match(/BEGIN CERTIFICATE/g)?.length, 2)
  t.notOk(readFileSync(join(dir, 'certificate.pem'), 'utf8').includes('PRIVATE'))
})

t.test('a P12 that cannot sign is refused in words, and the ring stays as it is', async (t) => {
  const dir = await ring(t as Test)
  const before = readFileSync(join(dir, 'certificate.pem'), 'utf8')
  const one = p12('one')
  const refused: [Buffer, string, RegExp][] = [
    [one, 'another', /password does not open/],
    [Buffer.from('not a P12'), '', /must be a P12/],
    [one.subarray(0, 500), 'one', /must be a P12/],
    [p12('one', { bits: 1024 }), 'one', /2048 bits or more/],
    [p12('one', { between: issuers(7) }), 'one', /at most 6000 fit into a PDF. Export it without/],
  ]
  for (const [file, password, words] of refused)
    await t.rejects(importCertificate(dir, { p12: file, password }), {
      kind: 'invalid',
      message: words,
    })
  t.equal(readFileSync(join(dir, 'certificate.pem'), 'utf8'), before)
  t.notOk(existsSync(join(dir, 'keyring.lock')), 'nothing stays locked')
})

t.test('a certificate and a key that do not belong together are refused by name', async (t) => {
  const dir = await ring(t as Test)
  const key = join(dir, 'certificate.key')
  writeFileSync(key, makeCertificate({ name: 'another', now }).key)
  await t.rejects(loadKeyring(dir), { message: /certificate\.key is not the private half/ })
  rmSync(key)
  await t.rejects(loadKeyring(dir), { message: /certificate\.key is missing/ })
  await keepCertificate(dir, { chain: 'no PEM', key: '' })
  await t.rejects(loadKeyring(dir), { message: /holds no certificate/ })
})

t.test('the example ring takes no certificate', async (t) => {
  const dir = await ring(t as Test)
  cpSync(join(root, 'keys.example'), dir, { recursive: true })
  await t.rejects(renewCertificate(dir, { name: 'x', now }), { message: /example keys/ })
})
