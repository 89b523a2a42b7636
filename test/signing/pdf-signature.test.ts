import { createHash, createPublicKey, verify, X509Certificate } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import forge from 'node-forge'
import t, { type Test } from 'tap'
import { drawCertificate } from '../../src/drawing/certificate.ts'
import { importCertificate } from '../../src/signing/change-certificate.ts'
import { certificatesIn } from '../../src/signing/document-certificate.ts'
import { loadKeyring } from '../../src/signing/keyring.ts'
import { signPdf } from '../../src/signing/pdf-signature.ts'
import { certificate, now } from '../drawing/certificates.ts'
import { p12 } from '../help/p12.ts'
import { missingPoppler, poppler } from '../help/pdf.ts'
import { testKeys } from '../help/start.ts'

const skip = missingPoppler
if (skip) t.comment(skip)

const ring = await loadKeyring(testKeys)
const signer = ring.certificate
if (!signer) throw new Error('the ring of the tests has no certificate')
const signed = await signPdf(await drawCertificate(certificate(), now), signer, now)

/** As many as fit, with the root and the leaf, into 6000 bytes. */
const longest = Array.from({ length: 6 }, (_, index) => `Issuing CA ${index}`)

/** The room for the signature is longer than it. */
const readLoosely = { parseAllBytes: false } as unknown as boolean

/** What is signed, by the file’s own word, and the signature. */
function parts(pdf: Buffer) {
  const range = /\/ByteRange \[([\d ]+)\]/.exec(pdf.toString('latin1'))?.[1] ?? ''
  const [from = 0, first = 0, second = 0, last = 0] = range.trim().split(' ').map(Number)
  const data = Buffer.concat([
    pdf.subarray(from, from + first),
    pdf.subarray(second, second + last),
  ])
  const hex = pdf.subarray(first + 1, second - 1).toString('latin1')
  return { data, signature: Buffer.from(hex, 'hex'), whole: first + 2 + hex.length + last }
}

t.test('all bytes but the signature are signed, with the key of the ring (RFC 5652)', async (t) => {
  const { data, signature, whole } = parts(signed)
  t.equal(whole, signed.length, 'nothing is left out')
  const message = forge.pkcs7.messageFromAsn1(
    forge.asn1.fromDer(signature.toString('latin1'), readLoosely),
  ) as unknown as { rawCapture: { signature: string; authenticatedAttributes: forge.asn1.Asn1[] } }
  const { authenticatedAttributes, signature: value } = message.rawCapture
  const { asn1 } = forge
  const attributes = asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SET, true, authenticatedAttributes)
  const bytes = Buffer.from(asn1.toDer(attributes).getBytes(), 'latin1')
  t.ok(bytes.includes(createHash('sha256').update(data).digest()), 'the digest of the data')
  const { publicKey } = new X509Certificate(signer.text)
  t.ok(
    verify(
      'sha256',
      bytes,
      createPublicKey(publicKey.export({ format: 'pem', type: 'spki' })),
      Buffer.from(value, 'latin1'),
    ),
  )
})

t.test('signing the same at the same instant gives the same bytes', async (t) => {
  t.ok((await signPdf(await drawCertificate(certificate(), now), signer, now)).equals(signed))
})

t.test('poppler says that the signature is valid and the total document signed', { skip }, (t) => {
  const said = poppler('pdfsig', signed, { before: ['-nocert'] })
  t.match(said, 'Signature Validation: Signature is Valid.')
  t.match(said, 'Total document signed')
  t.match(said, 'Signer Certificate Common Name: Blazon test certificates')
  t.match(said, 'Signing Time: Nov 22 2026 04:00:00')
  t.end()
})

t.test(
  'with the chain of a P12, long as it may be, its leaf signs and poppler finds all of it',
  { skip },
  async (t) => {
    for (const between of [['Contoso Issuing CA'], longest]) {
      const dir = mkdtempSync(join(tmpdir(), 'blazon-keys-'))
      ;(t as Test).teardown(() => rmSync(dir, { recursive: true, force: true }))
      cpSync(testKeys, dir, { recursive: true })
      await importCertificate(dir, { p12: p12('one', { between }), password: 'one' })
      const { certificate: imported } = await loadKeyring(dir)
      if (!imported) throw new Error('the ring has no certificate')
      t.equal(imported.text.match(/BEGIN/g)?.length, 2 + between.length)
      const pdf = await signPdf(await drawCertificate(certificate(), now), imported, now)
      const said = poppler('pdfsig', pdf, { before: ['-nocert'] })
      t.match(said, 'Signature Validation: Signature is Valid.')
      t.match(said, 'Total document signed')
      t.match(said, 'Signer Certificate Common Name: Northwind Certification')
      t.match(said, 'Signer full Distinguished Name: CN=Northwind Certification')
      const { signature } = parts(pdf)
      for (const each of certificatesIn(imported.text)) t.ok(signature.includes(each.raw))
    }
  },
)

t.test('poppler refuses it once a byte is another, wherever it is', { skip }, (t) => {
  const { data } = parts(signed)
  const places = [200, Math.floor(data.length / 2), data.length - 40, signed.length - 200]
  for (const place of places) {
    const other = Buffer.from(signed)
    other[place] = (other[place] ?? 0) ^ 1
    t.notMatch(
      poppler('pdfsig', other, { before: ['-nocert'] }),
      'Signature is Valid',
      `byte ${place}`,
    )
  }
  const more = Buffer.concat([signed, Buffer.from('\n% more')])
  t.notMatch(poppler('pdfsig', more, { before: ['-nocert'] }), 'Total document signed', 'added')
  t.end()
})

t.test(
  'a PDF without room for a signature, or a signature without room in it, is a bug',
  async (t) => {
    const { signature: _, ...facts } = certificate()
    const none = await drawCertificate(facts, now)
    await t.rejects(signPdf(none, signer, now), /no room/)
    const room = await drawCertificate(certificate(), now)
    const sign = async () => Buffer.alloc(9000)
    await t.rejects(signPdf(room, { sign }, now), /longer than the room/)
  },
)
