import { X509Certificate } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { renewCertificate } from '../../src/signing/change-certificate.ts'
import { initKeyring } from '../../src/signing/change-keyring.ts'
import { readDocumentCertificate } from '../../src/signing/document-certificate.ts'

const now = '2026-11-22T04:00:00Z'

t.test('wherever the change of a certificate is cut off, one is there that can sign', async (t) => {
  const dir = join(t.testdir(), 'keys')
  await initKeyring(dir, { now })
  const [key, chain] = [join(dir, 'certificate.key'), join(dir, 'certificate.pem')]
  const read = () => [readFileSync(key, 'utf8'), readFileSync(chain, 'utf8')]
  const [oldKey = '', oldChain = ''] = read()
  await renewCertificate(dir, { name: 'Northwind Cloud', now })
  const [newKey = '', newChain = ''] = read()
  t.not(newKey, oldKey)
  t.not(newChain, oldChain)
  for (const text of [oldChain, newChain])
    t.match(new X509Certificate(text).serialNumber, /^4[0-9A-F]{31}$/, 'positive, without padding')
  const names = []
  for (const [keys, certificates] of [
    [newKey + oldKey, oldChain],
    [newKey + oldKey, newChain],
  ] as const) {
    writeFileSync(key, keys)
    writeFileSync(chain, certificates)
    names.push((await readDocumentCertificate(dir))?.name)
  }
  t.same(names, ['Blazon certificates', 'Northwind Cloud'])
  writeFileSync(key, oldKey)
  await t.rejects(readDocumentCertificate(dir), /not the private half/)
})
