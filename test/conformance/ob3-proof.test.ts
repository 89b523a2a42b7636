import { base58 } from '@scure/base'
import t, { type Test } from 'tap'
import { sqliteDatabase } from '../help/databases.ts'
import { get, issue, publicUrl, start } from '../help/start.ts'
import { textIn } from './extracted.ts'
import { judgeLikeJava } from './java-validator.ts'
import { freshKeys, type Json, read, readForms, rotateKeys } from './served.ts'

const blazon = await start(t)
const badge = await issue(blazon)
const { credential: text, png, svg } = await readForms(blazon, badge)
const credential: Json = JSON.parse(text)
const [proof] = credential.proof
const did = await read(blazon, '/.well-known/did.json')

t.test('11.1 there is one proof, eddsa-rdfc-2022, of 64 bytes in base58btc', async (t) => {
  t.equal(credential.proof.length, 1)
  const { created, verificationMethod, proofValue, ...rest } = proof
  t.same(rest, {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    proofPurpose: 'assertionMethod',
  })
  t.match(created, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  t.match(proofValue, /^z[1-9A-HJ-NP-Za-km-z]+$/)
  t.equal(base58.decode(proofValue.slice(1)).length, 64)
  t.equal(verificationMethod, `${credential.issuer.id}#ed25519-1`)
})

t.test('11.3 no data-integrity context is needed, so none is sent', async (t) => {
  t.notMatch(JSON.stringify(credential['@context']), /data-integrity/)
})

t.test('11.4 the key is a Multikey, Ed25519', async (t) => {
  const key = methodOf(did, proof.verificationMethod)
  t.equal(key.type, 'Multikey')
  t.match(key.publicKeyMultibase, /^z6Mk/)
  const raw = base58.decode(key.publicKeyMultibase.slice(1))
  t.same([raw.length, raw[0], raw[1]], [34, 0xed, 0x01])
})

t.test('11.5 the controller of every key is the issuer', async (t) => {
  t.equal(did.id, credential.issuer.id)
  for (const { controller } of did.verificationMethod) t.equal(controller, credential.issuer.id)
})

t.test(
  '11.6 11.9 the key is found by its did:web name, as strings in assertionMethod',
  async (t) => {
    t.equal(credential.issuer.id, 'did:web:badges.example.test')
    t.ok(did.assertionMethod.includes(proof.verificationMethod))
    for (const each of did.assertionMethod) t.type(each, 'string')
    t.same(
      did.verificationMethod.map(({ id }: Json) => id),
      did.assertionMethod,
    )
    const rsa = did.verificationMethod.find(({ publicKeyJwk }: Json) => publicKeyJwk)
    t.equal(rsa.publicKeyJwk.kty, 'RSA', 'the key of the VC-JWT is in the same document')
    for (const accept of ['*/*', 'application/ld+json, application/json', 'application/did+json']) {
      const answer = await get(blazon, '/.well-known/did.json', { accept })
      t.equal(answer.statusCode, 200)
      t.match(answer.headers['content-type'], 'json')
      t.ok(answer.rawPayload.length < 8192, 'a common resolver reads no more')
    }
  },
)

t.test('11.7 the issuer is a DID, and its document says assertionMethod by did/v1', async (t) => {
  t.match(credential.issuer.id, /^did:web:/)
  t.equal(did['@context'][0], 'https://www.w3.org/ns/did/v1')
})

t.test('11.8 the DID has no path, and a port is written %3A', async (t) => {
  t.equal(credential.issuer.id.split(':').length, 3)
  const settings = { PUBLIC_URL: 'https://badges.example.test:8443' }
  const other = await start(t as Test, { settings })
  const made = JSON.parse((await readForms(other, await issue(other))).credential)
  t.equal(made.issuer.id, 'did:web:badges.example.test%3A8443')
  t.equal((await read(other, '/.well-known/did.json')).id, made.issuer.id)
})

t.test('11.10 retired keys stay where they were, and old badges verify', async (t) => {
  const settings = { KEYS_DIR: await freshKeys(t as Test) }
  const database = await sqliteDatabase(t as Test)
  const before = await start(t as Test, { settings, database, keepOpen: true })
  const first = await issue(before)
  const old = await readForms(before, first)
  await before.close()
  await rotateKeys(settings.KEYS_DIR)
  const after = await start(t as Test, { settings, database })
  const now = after.clock.now()
  t.same(await judgeLikeJava(after, { text: old.credential }, now), [])
  t.equal((await readForms(after, first)).credential, old.credential, 'the bytes are the old ones')
  const later = await issue(after, { resultId: 'R-2', startedAt: '2026-11-20T09:00:00Z' })
  const made = (await readForms(after, later)).credential
  t.match(JSON.parse(made).proof[0].verificationMethod, '#ed25519-2')
  t.same(await judgeLikeJava(after, { text: made }, now), [])
  for (const id of ['ed25519-1', 'rsa-1', 'ed25519-2', 'rsa-2'])
    t.equal((await get(after, `${publicUrl}/keys/${id}`)).statusCode, 200, id)
})

t.test('11.11 what was signed is what is served and baked, byte for byte', async (t) => {
  t.equal(textIn({ png }, 'openbadgecredential'), text)
  t.equal(textIn({ svg }, 'openbadgecredential'), text)
  for (const accept of ['application/json', 'application/ld+json', '*/*'])
    t.equal((await get(blazon, badge.links.credential, { accept })).body, text)
  t.same(await judgeLikeJava(blazon, { png }, blazon.clock.now()), [])
  t.same(await judgeLikeJava(blazon, { svg }, blazon.clock.now()), [])
})

t.test('14.1 the credential is sent under the name that is asked for, in UTF-8', async (t) => {
  for (const [accept, type] of [
    ['*/*', 'application/vc+ld+json'],
    ['application/vc', 'application/vc'],
    ['application/ld+json', 'application/ld+json'],
    ['application/json', 'application/json'],
  ] as const) {
    const answer = await get(blazon, badge.links.credential, { accept })
    t.equal(answer.headers['content-type'], `${type}; charset=utf-8`)
  }
  t.match(badge.links.credential, /\.json$/)
})

function methodOf({ verificationMethod }: Json, id: string): Json {
  return verificationMethod.find((each: Json) => each.id === id)
}
