import { createPublicKey } from 'node:crypto'
import t, { type Test } from 'tap'
import { sqliteDatabase } from '../help/databases.ts'
import { change, issue, start } from '../help/start.ts'
import { textIn } from './extracted.ts'
import { judgeLikePython } from './python-validator.ts'
import { freshKeys, read, readForms, readOb2, rotateKeys, splitJws } from './served.ts'

const blazon = await start(t)
const badge = await issue(blazon)
const { jws, png, svgOb2 } = await readForms(blazon, badge)
const { header, payload } = splitJws(jws)
const { badgeClass, issuer, key } = await readOb2(blazon, payload)

t.test('3.1 the badge is a compact JWS, RS256, over the assertion in UTF-8', async (t) => {
  t.match(jws, /^[\w-]+\.[\w-]+\.[\w-]+$/)
  t.same(header, { alg: 'RS256' })
  t.equal(payload.type, 'Assertion')
  const bytes = Buffer.from(jws.split('.')[1] ?? '', 'base64url')
  t.doesNotThrow(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes))
})

t.test('3.2 verification says SignedBadge and names the key’s address as creator', async (t) => {
  t.same(payload.verification, { type: 'SignedBadge', creator: issuer.publicKey })
  t.equal((await read(blazon, payload.verification.creator)).type, 'CryptographicKey')
})

t.test('3.3 the key document is whole and its PEM is SPKI with plain line ends', async (t) => {
  t.equal(key.id, issuer.publicKey)
  t.equal(key.owner, issuer.id)
  t.match(key.publicKeyPem, /^-----BEGIN PUBLIC KEY-----\n/)
  t.notMatch(key.publicKeyPem, /\r/)
  t.equal(createPublicKey(key.publicKeyPem).asymmetricKeyType, 'rsa')
})

t.test('3.4 each RSA key has an issuer profile of its own, with one publicKey', async (t) => {
  const settings = { KEYS_DIR: await freshKeys(t as Test) }
  const database = await sqliteDatabase(t as Test)
  const before = await start(t as Test, { settings, database, keepOpen: true })
  const signedBefore = await issue(before)
  const notYetSigned = await issue(before, { resultId: 'R-2', startedAt: '2026-11-20T09:00:00Z' })
  const old = await readForms(before, signedBefore)
  await before.close()
  await rotateKeys(settings.KEYS_DIR)
  const after = await start(t as Test, { settings, database })
  const later = await issue(after, { resultId: 'R-3', startedAt: '2026-11-19T09:00:00Z' })
  for (const [id, each] of [
    ['rsa-1', signedBefore],
    ['rsa-2', notYetSigned],
    ['rsa-2', later],
  ] as const) {
    const forms = await readForms(after, each)
    const found = await readOb2(after, splitJws(forms.jws).payload)
    t.type(found.issuer.publicKey, 'string')
    t.match(found.issuer.publicKey, `/ob2/${id}/`)
    t.equal(splitJws(forms.jws).payload.verification.creator, found.key.id)
    const now = after.clock.now()
    t.same(await judgeLikePython(after, { jws: forms.jws }, { now }), [], id)
    t.same(await judgeLikePython(after, { url: forms.assertion.id }, { now }), [], `${id} hosted`)
  }
  t.equal((await readForms(after, signedBefore)).jws, old.jws, 'what was signed stays')
  await change(after, signedBefore.id, 'revoke', { class: 'withdrawn' })
  t.match(JSON.stringify(await read(after, '/ob2/rsa-1/revocations')), splitJws(old.jws).payload.id)
  t.same((await read(after, '/ob2/rsa-2/revocations')).revokedAssertions, [])
})

t.test(
  '3.5 the signed assertion is a urn:uuid, badge class and issuer are addresses',
  async (t) => {
    t.match(payload.id, /^urn:uuid:/)
    t.match(badgeClass.id, /^https:\/\//)
    t.match(issuer.id, /^https:\/\//)
  },
)

t.test('3.6 what is baked is the JWS itself, in PNG and SVG', async (t) => {
  t.equal(textIn({ png }, 'openbadges'), jws)
  t.equal(textIn({ svg: svgOb2 }, 'openbadges'), jws)
})
