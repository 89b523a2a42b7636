import { createHash } from 'node:crypto'
import jsonld from 'jsonld'
import t, { type Test } from 'tap'
import { contexts } from '../../schemas/contexts/catalog.ts'
import { get, issue, publicUrl, start } from '../help/start.ts'
import {
  changedProgramme,
  type Json,
  objectsIn,
  read,
  readForms,
  readOb2,
  splitJws,
  stringsIn,
} from './served.ts'

const blazon = await start(t)
const badge = await issue(blazon)
const { assertion, jws } = await readForms(blazon, badge)
const signed = splitJws(jws).payload
const { badgeClass, issuer, key, revocations } = await readOb2(blazon, assertion)
const assertions = { hosted: assertion, signed }
const objects = { ...assertions, badgeClass, issuer, key, revocations }

t.test('1.1 every object names the Open Badges 2.0 context, as a string', async (t) => {
  for (const [name, object] of Object.entries(objects))
    t.equal(object['@context'], 'https://w3id.org/openbadges/v2', name)
})

t.test('1.2 an assertion has all that the specification asks for', async (t) => {
  for (const [name, object] of Object.entries(assertions))
    for (const property of ['id', 'type', 'recipient', 'badge', 'verification', 'issuedOn'])
      t.ok(object[property], `${name} ${property}`)
  t.equal(assertion.id, badge.links.assertion, 'the hosted id is where it is served')
})

t.test('1.3 every type is one plain string', async (t) => {
  t.equal(assertion.type, 'Assertion')
  t.equal(signed.type, 'Assertion')
  for (const { type } of Object.values(objects)) t.type(type, 'string')
})

t.test('1.4 1.5 the recipient says hashed, and hashes address then salt', async (t) => {
  for (const { recipient } of Object.values(assertions)) {
    t.same(Object.keys(recipient).sort(), ['hashed', 'identity', 'salt', 'type'])
    t.equal(recipient.type, 'email')
    t.equal(recipient.hashed, true)
    const text = `zhang.wei@example.com${recipient.salt}`
    t.equal(recipient.identity, `sha256$${createHash('sha256').update(text).digest('hex')}`)
  }
})

t.test(
  '1.4 1.6 without e-mail identifiers, hashed is false and the identity no hash',
  async (t) => {
    const settings = changedProgramme(t as Test, ({ policies }) => {
      policies.emailIdentifier = false
    })
    const other = await start(t as Test, { settings })
    const forms = await readForms(other, await issue(other))
    for (const { recipient } of [forms.assertion, splitJws(forms.jws).payload]) {
      t.same(Object.keys(recipient).sort(), ['hashed', 'identity', 'type'])
      t.equal(recipient.type, 'id')
      t.equal(recipient.hashed, false)
      t.match(recipient.identity, /^urn:uuid:[0-9a-f-]{36}$/)
    }
  },
)

t.test('1.7 the address is trimmed and in lower case before it is hashed', async (t) => {
  const typed = { id: 'C-1', fullName: 'A B', email: ' Zhang.WEI@Example.COM ' }
  const other = await issue(blazon, { resultId: 'R-typed', candidate: typed })
  const { recipient } = await read(blazon, other.links.assertion)
  const text = `zhang.wei@example.com${recipient.salt}`
  t.equal(recipient.identity, `sha256$${createHash('sha256').update(text).digest('hex')}`)
})

t.test('1.8 each assertion has a fresh salt of 128 bits', async (t) => {
  const other = await issue(blazon, { resultId: 'R-salt', startedAt: '2026-11-21T09:00:00Z' })
  const { recipient } = await read(blazon, other.links.assertion)
  t.match(recipient.salt, /^[0-9a-f]{32}$/)
  t.not(recipient.salt, assertion.recipient.salt)
  t.not(recipient.identity, assertion.recipient.identity)
})

t.test('1.9 times have a zone, are past, and expiry follows issue', async (t) => {
  const zoned = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
  for (const { issuedOn, expires } of Object.values(assertions)) {
    t.match(issuedOn, zoned)
    t.match(expires, zoned)
    t.ok(Date.parse(issuedOn) <= Date.parse(blazon.clock.now()))
    t.ok(Date.parse(expires) > Date.parse(issuedOn))
    t.equal(issuedOn, '2026-11-22T02:12:00Z', 'the instant at which the attempt ended')
  }
})

t.test('1.10 verification is one object with one type', async (t) => {
  t.same(assertion.verification, { type: 'HostedBadge' })
  t.equal(signed.verification.type, 'SignedBadge')
})

t.test('1.11 no assertion has an image: the baked one may not always answer', async (t) => {
  for (const object of Object.values(assertions)) t.notOk('image' in object)
})

t.test('1.12 a badge class has all it must, and its image answers as PNG', async (t) => {
  for (const property of ['id', 'type', 'name', 'description', 'image', 'criteria', 'issuer'])
    t.ok(badgeClass[property], property)
  t.equal(badgeClass.type, 'BadgeClass')
  const picture = await get(blazon, badgeClass.image)
  t.equal(picture.statusCode, 200)
  t.equal(picture.headers['content-type'], 'image/png')
  t.same(picture.rawPayload.subarray(0, 4), Buffer.from('\x89PNG', 'latin1'))
})

t.test('1.13 criteria has a narrative always, and an address', async (t) => {
  t.ok(badgeClass.criteria.narrative.length > 0)
  t.match(badgeClass.criteria.id, /^https:\/\//)
  const settings = changedProgramme(t as Test, ({ achievements }) => {
    for (const { criteria } of achievements) delete criteria.url
  })
  const other = await start(t as Test, { settings })
  const { criteria } = await read(other, '/ob2/rsa-1/achievements/practitioner/1')
  t.ok(criteria.narrative.length > 0)
  t.equal((await get(other, criteria.id, { accept: 'text/html' })).statusCode, 200)
})

t.test('1.14 alignments use targetName and targetUrl', async (t) => {
  t.equal(badgeClass.alignment.length, 3)
  for (const each of badgeClass.alignment) {
    t.ok(each.targetName)
    t.match(each.targetUrl, /^https?:\/\//)
    t.notOk('name' in each || 'url' in each)
  }
})

t.test('1.15 the profile has name, url and email, and a telephone as E.164', async (t) => {
  t.equal(issuer.type, 'Issuer')
  for (const property of ['id', 'name', 'url', 'email']) t.ok(issuer[property], property)
  const settings = changedProgramme(t as Test, (programme) => {
    programme.issuer.telephone = '+862112345678'
  })
  const other = await start(t as Test, { settings })
  t.match((await read(other, '/ob2/rsa-1/issuer')).telephone, /^\+[1-9]\d{1,14}$/)
  const wrong = changedProgramme(t as Test, (programme) => {
    programme.issuer.telephone = '021 1234'
  })
  await t.rejects(start(t as Test, { settings: wrong }), { name: 'Problem' })
})

t.test('1.16 every id is an https address or urn:uuid of version 4', async (t) => {
  const uuid = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
  for (const { id } of objectsIn(Object.values(objects)).filter((each) => 'id' in each))
    t.ok(id.startsWith('https://') || uuid.test(id), id)
  t.match(signed.id, uuid)
})

t.test('1.17 every object is served at its own id', async (t) => {
  for (const { id } of [assertion, badgeClass, issuer, key, revocations]) {
    t.ok(id.startsWith(`${publicUrl}/`), id)
    t.equal((await read(blazon, id)).id, id)
  }
})

t.test('1.18 nothing is null or undefined by the context', async (t) => {
  for (const [name, object] of Object.entries(objects)) {
    t.notOk(
      objectsIn(object).some((each) => Object.values(each).includes(null)),
      `${name} has no null`,
    )
    await t.resolves(canonical(object), `${name} has no term without definition`)
  }
  await t.rejects(canonical({ ...issuer, surprise: 'x' }), 'and this would see one')
  const empty = objectsIn({ ...objects, revocations: {} }).filter((each) =>
    Object.values(each).some((value) => Array.isArray(value) && value.length === 0),
  )
  t.same(empty, [], 'no list is empty but that of revocations, where it says that nothing is')
})

t.test('1.19 nothing is sent that claims to be an extension', async (t) => {
  for (const object of objectsIn(Object.values(objects)))
    t.notOk([object.type].flat().includes('Extension'))
  t.notOk(stringsIn(Object.values(objects)).some((text) => text.includes('/extensions/')))
})

function canonical(document: Json) {
  return jsonld.canonize(document, {
    algorithm: 'RDFC-1.0',
    format: 'application/n-quads',
    safe: true,
    documentLoader: async (url) => ({
      contextUrl: null,
      documentUrl: url,
      document: contexts.get(url),
    }),
  })
}
