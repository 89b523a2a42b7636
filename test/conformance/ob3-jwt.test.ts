import { generateKeyPairSync } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { importJWK, jwtVerify } from 'jose'
import t, { type Test } from 'tap'
import { sqliteDatabase } from '../help/databases.ts'
import { get, issue, publicUrl, start } from '../help/start.ts'
import { judgeLikeJava } from './java-validator.ts'
import { freshKeys, read, readForms, rotateKeys, splitJws } from './served.ts'

const blazon = await start(t)
const badge = await issue(blazon, { endedAt: '2026-11-22T10:12:00.789+08:00' })
const { credential, jwt } = await readForms(blazon, badge)
const { header, payload } = splitJws(jwt)

t.test('10.1 the header has alg RS256, kid and typ, and nothing else', async (t) => {
  t.match(jwt, /^[\w-]+\.[\w-]+\.[\w-]+$/)
  t.same(Object.keys(header).sort(), ['alg', 'kid', 'typ'])
  t.equal(header.alg, 'RS256')
  t.equal(header.typ, 'JWT')
})

t.test('10.2 the credential is the payload, with its claims beside it and no vc', async (t) => {
  const { iss, jti, sub, nbf, exp, ...rest } = payload
  t.equal(iss, rest.issuer.id)
  t.equal(jti, rest.id)
  t.equal(sub, rest.credentialSubject.id)
  t.equal(nbf, Date.parse(rest.validFrom) / 1000)
  t.equal(exp, Date.parse(rest.validUntil) / 1000)
  t.notOk('vc' in payload)
  const { proof: _, ...signed } = JSON.parse(credential)
  t.same(rest, signed, 'it says what the credential with the proof says')
})

t.test('10.3 times are whole seconds, whatever the exam system sent', async (t) => {
  t.equal(payload.validFrom, '2026-11-22T02:12:00Z')
  for (const claim of [payload.nbf, payload.exp]) t.ok(Number.isInteger(claim))
  t.match(payload.validUntil, /:\d\dZ$/)
})

t.test('10.4 the kid is an address that gives one public JWK', async (t) => {
  const answer = await get(blazon, header.kid)
  t.equal(answer.statusCode, 200)
  t.match(answer.headers['content-type'], /^application\/jwk\+json/)
  const jwk = answer.json()
  t.equal(jwk.kty, 'RSA')
  t.notOk('keys' in jwk || 'd' in jwk || 'p' in jwk)
  const json = await get(blazon, header.kid, { accept: 'application/json' })
  t.equal(json.statusCode, 200)
  t.same(json.json(), jwk)
  await t.resolves(
    jwtVerify(jwt, await importJWK(jwk, 'RS256'), { currentDate: new Date(blazon.clock.now()) }),
  )
})

t.test('10.4 the DID document lists the same key for did:web readers', async (t) => {
  const did = await read(blazon, '/.well-known/did.json')
  const { kid, alg, use, ...bare } = await read(blazon, header.kid)
  const method = did.verificationMethod.find(
    (each: { publicKeyJwk?: { n: string } }) => each.publicKeyJwk?.n === bare.n,
  )
  t.same(method.publicKeyJwk, bare)
  t.ok(did.assertionMethod.includes(method.id))
  t.same([kid, alg, use], [header.kid, 'RS256', 'sig'])
})

t.test(
  '10.5 every key, retired ones and the next too, is in the JWK Set at the issuer’s authority',
  async (t) => {
    const settings = { KEYS_DIR: await freshKeys(t as Test) }
    const database = await sqliteDatabase(t as Test)
    const before = await start(t as Test, { settings, database, keepOpen: true })
    const old = (await readForms(before, await issue(before))).jwt
    await before.close()
    await rotateKeys(settings.KEYS_DIR)
    const after = await start(t as Test, { settings, database })
    const host = payload.iss.replace('did:web:', 'https://')
    const answer = await get(after, `${host}/.well-known/jwks.json`)
    t.match(answer.headers['content-type'], /^application\/jwk-set\+json/)
    const { keys } = answer.json()
    t.same(
      keys.map(({ kid }: { kid: string }) => kid).sort(),
      ['ed25519-1', 'ed25519-2', 'ed25519-3', 'rsa-1', 'rsa-2', 'rsa-3'].map(
        (id) => `${publicUrl}/keys/${id}`,
      ),
    )
    t.notOk(keys.some((key: object) => 'd' in key))
    const found = keys.find(({ kid }: { kid: string }) => kid === splitJws(old).header.kid)
    t.ok(found, 'by the kid of the header')
    t.same(
      await judgeLikeJava(after, { text: old }, after.clock.now()),
      [],
      'an old JWT still verifies',
    )
  },
)

t.test('10.7 no half of another proof is inside the signed payload', async (t) => {
  t.notOk('proof' in payload)
})

t.test('10.8 the web answer is text/plain, at an address that ends in .jwt', async (t) => {
  t.match(badge.links.credentialJwt, /\.jwt$/)
  t.match(badge.links.assertionJws, /\.jws$/)
  for (const address of [badge.links.credentialJwt, badge.links.assertionJws])
    for (const accept of ['*/*', 'text/plain'])
      t.match((await get(blazon, address, { accept })).headers['content-type'], /^text\/plain/)
})

t.test('10.9 the RSA key has 2048 bits, and a smaller one is not taken', async (t) => {
  const { n } = await read(blazon, header.kid)
  t.ok(Buffer.from(n, 'base64url').length * 8 >= 2048)
  const dir = await freshKeys(t as Test)
  const small = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const file = join(dir, 'keyring.json')
  const ring = JSON.parse(readFileSync(file, 'utf8'))
  const rsa = ring.keys.find(({ algorithm }: { algorithm: string }) => algorithm === 'RS256')
  rsa.jwk = small.publicKey.export({ format: 'jwk' })
  writeFileSync(file, JSON.stringify(ring))
  writeFileSync(join(dir, 'rsa-1.pem'), small.privateKey.export({ type: 'pkcs8', format: 'pem' }))
  await t.rejects(start(t as Test, { settings: { KEYS_DIR: dir } }), { name: 'Problem' })
})
