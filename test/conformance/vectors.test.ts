import { createHash, createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { base58 } from '@scure/base'
import t from 'tap'
import { canonicalForm } from '../../src/credentials/canonical.ts'
import { dataToSign } from '../../src/credentials/data-to-sign.ts'
import type { Json } from './served.ts'

const text = (path: string) =>
  readFileSync(new URL(`../vectors/${path}`, import.meta.url), 'utf8').trim()
const json = (path: string): Json => JSON.parse(text(path))

const schemaOrg = (name: string) => `https://schema.org/${name}`
const dateTime = 'http://www.w3.org/2001/XMLSchema#dateTime'

/** The W3C’s documents name contexts that our loader refuses on purpose; here they are written out. */
const writtenOut: Record<string, object> = {
  'https://www.w3.org/ns/credentials/examples/v2': {
    '@vocab': 'https://www.w3.org/ns/credentials/examples#',
  },
  // Only the terms that the one document uses.
  'https://w3id.org/citizenship/v4rc1': {
    '@vocab': 'https://w3id.org/citizenship#',
    ...Object.fromEntries(
      ['Person', 'givenName', 'additionalName', 'familyName', 'gender', 'identifier'].map(
        (name) => [name, schemaOrg(name)],
      ),
    ),
    image: { '@id': schemaOrg('image'), '@type': '@id' },
    birthDate: { '@id': schemaOrg('birthDate'), '@type': dateTime },
    residentSince: { '@id': 'https://w3id.org/citizenship#residentSince', '@type': dateTime },
  },
}

function isSigned(data: Buffer, proofValue: string, multibase: string) {
  const raw = Buffer.from(base58.decode(multibase.slice(1))).subarray(2)
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }
  const key = createPublicKey({ key: jwk, format: 'jwk' })
  return verify(null, data, key, base58.decode(proofValue.slice(1)))
}

const sha256 = (form: string) => createHash('sha256').update(form).digest('hex')

for (const folder of ['vc-di-eddsa/eddsa-rdfc-2022', 'vc-di-eddsa/eddsa-rdfc-2022/employ'])
  t.test(`11.2 the W3C’s vectors are reproduced: ${folder}`, async (t) => {
    const { proof, ...given } = json(`${folder}/signedDataInt.json`)
    const context = given['@context'].map((url: string) => writtenOut[url] ?? url)
    const document = { ...given, '@context': context }
    const { proofValue, ...options } = proof
    const documentForm = await canonicalForm(document)
    const proofForm = await canonicalForm({ ...options, '@context': context })
    t.equal(documentForm.trim(), text(`${folder}/canonDocDataInt.txt`))
    t.equal(proofForm.trim(), text(`${folder}/proofCanonDataInt.txt`))
    t.equal(sha256(documentForm), text(`${folder}/docHashDataInt.txt`))
    t.equal(sha256(proofForm), text(`${folder}/proofHashDataInt.txt`))
    const data = await dataToSign(document, proof)
    t.equal(data.toString('hex'), text(`${folder}/combinedHashDataInt.txt`))
    t.equal(proofValue, text(`${folder}/sigBTC58DataInt.txt`))
    const key = proof.verificationMethod.split('#')[1]
    t.ok(isSigned(data, proofValue, key))
    const changed = await dataToSign({ ...document, name: 'Another' }, proof)
    t.notOk(isSigned(changed, proofValue, key))
    await t.rejects(canonicalForm(given), 'a context that Blazon does not carry is not fetched')
  })

t.test('11.2 1EdTech’s vector is reproduced', async (t) => {
  const { proof, ...document } = json('ob3-impl/signed.json')
  const expected = json('ob3-impl/keys-and-hashes.json')
  t.equal((await canonicalForm(document)).trim(), text('ob3-impl/document-canon.txt'))
  const data = await dataToSign(document, proof)
  t.equal(data.toString('hex'), expected.dataToSignHex)
  t.equal(data.toString('hex'), `${expected.proofHashHex}${expected.documentHashHex}`)
  const signature = Buffer.from(base58.decode(proof.proofValue.slice(1)))
  t.equal(signature.toString('hex'), expected.signatureHex)
  t.ok(isSigned(data, proof.proofValue, expected.publicKeyMultibase))
  await t.rejects(dataToSign({ ...document, surprise: 'x' }, proof), 'no undefined term is dropped')
})
