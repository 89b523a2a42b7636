import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Ajv2019 } from 'ajv/dist/2019.js'
import addFormats from 'ajv-formats'
import t, { type Test } from 'tap'
import { get, issue, publicUrl, start } from '../help/start.ts'
import { judgeLikeJava } from './java-validator.ts'
import { changedProgramme, type Json, objectsIn, read, readForms, splitJws } from './served.ts'

const blazon = await start(t)
const forms = await readForms(blazon, await issue(blazon))
const credential: Json = JSON.parse(forms.credential)
const { credentialSubject: subject, issuer } = credential
const { achievement } = subject

const schemaFile = new URL(
  '../../schemas/openbadges-3.0/ob_v3p0_achievementcredential_schema.json',
  import.meta.url,
)
const ajv = new Ajv2019({ strict: false, allErrors: true })
addFormats.default(ajv)
const fits = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')))

t.test('9.1 9.19 the contexts are three, in their order, and none of our own', async (t) => {
  t.same(credential['@context'], [
    'https://www.w3.org/ns/credentials/v2',
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
  ])
  t.equal(objectsIn(credential).filter((each) => '@context' in each).length, 1, 'no inner one')
})

t.test('9.2 the id is a URI that any reader can take apart', async (t) => {
  t.match(credential.id, /^urn:uuid:[0-9a-f-]{36}$/)
  t.ok(URL.canParse(credential.id))
})

t.test('9.3 the types are VerifiableCredential and OpenBadgeCredential', async (t) => {
  t.same(credential.type, ['VerifiableCredential', 'OpenBadgeCredential'])
})

t.test('9.4 the issuer is an object of type Profile with a name', async (t) => {
  t.equal(issuer.id, 'did:web:badges.example.test')
  t.same(issuer.type, ['Profile'])
  t.equal(issuer.name, 'Northwind Cloud Certification')
})

t.test('9.5 times have a zone and the names of the 2.0 model', async (t) => {
  for (const name of ['validFrom', 'validUntil', 'awardedDate'])
    t.match(credential[name], /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/, name)
  t.equal(credential.awardedDate, '2026-11-22T02:12:00Z')
  t.notOk('issuanceDate' in credential || 'expirationDate' in credential)
})

t.test('9.6 9.9 the subject is one object with its type, and an id of its own', async (t) => {
  t.notOk(Array.isArray(subject))
  t.same(subject.type, ['AchievementSubject'])
  t.match(subject.id, /^urn:uuid:/)
  t.not(subject.id, credential.id)
  const other = JSON.parse(
    (
      await readForms(
        blazon,
        await issue(blazon, { resultId: 'R-2', startedAt: '2026-11-20T09:00:00Z' }),
      )
    ).credential,
  )
  t.not(other.credentialSubject.id, subject.id, 'even for the same person')
})

t.test('9.7 the identifier says emailAddress and holds nothing else', async (t) => {
  t.equal(subject.identifier.length, 1)
  const [identifier] = subject.identifier
  t.same(Object.keys(identifier).sort(), ['hashed', 'identityHash', 'identityType', 'salt', 'type'])
  t.equal(identifier.type, 'IdentityObject')
  t.equal(identifier.hashed, true)
  t.equal(identifier.identityType, 'emailAddress')
})

t.test('9.6 9.7 without e-mail identifiers the subject has its id alone', async (t) => {
  const settings = changedProgramme(t as Test, ({ policies }) => {
    policies.emailIdentifier = false
  })
  const other = await start(t as Test, { settings })
  const made = await readForms(other, await issue(other))
  const { credentialSubject } = JSON.parse(made.credential)
  t.notOk('identifier' in credentialSubject)
  t.match(credentialSubject.id, /^urn:uuid:/)
  t.same(await judgeLikeJava(other, { text: made.credential }, other.clock.now()), [])
})

t.test('9.8 the hash is over address and salt, of the same normal form as in OB 2.0', async (t) => {
  const [{ identityHash, salt }] = subject.identifier
  const { recipient } = forms.assertion
  const hashWith = (own: string) =>
    `sha256$${createHash('sha256').update(`zhang.wei@example.com${own}`).digest('hex')}`
  t.equal(identityHash, hashWith(salt))
  t.equal(recipient.identity, hashWith(recipient.salt))
})

t.test('9.10 the achievement is embedded with all that it needs', async (t) => {
  t.same(achievement.type, ['Achievement'])
  for (const name of ['id', 'name', 'description']) t.ok(achievement[name], name)
  t.match(achievement.criteria.id, /^https:\/\//)
  t.ok(achievement.criteria.narrative)
})

t.test('9.11 the image is an object of type Image that answers', async (t) => {
  t.equal(achievement.image.type, 'Image')
  t.equal((await get(blazon, achievement.image.id)).headers['content-type'], 'image/png')
  t.equal(achievement.image.caption, 'Northwind Cloud Practitioner badge')
})

t.test('9.12 achievementType is of the list; tags and alignments are arrays', async (t) => {
  t.equal(achievement.achievementType, 'Certification')
  t.same(achievement.tag, ['Practitioner', 'cloud', 'fundamentals'])
  t.equal(achievement.inLanguage, 'en')
  for (const each of achievement.alignment) {
    t.same(each.type, ['Alignment'])
    t.ok(each.targetName)
    t.match(each.targetUrl, /^https:\/\//)
  }
})

t.test('9.13 a score is a string that points at its description in this achievement', async (t) => {
  t.notOk('result' in subject, 'and is not there unless the exam shows scores')
  t.notMatch(JSON.stringify([credential, forms.assertion]), '"812"')
  const scored = await issue(blazon, { resultId: 'R-3', exam: 'PR000003', score: '905' })
  const { credentialSubject } = JSON.parse((await readForms(blazon, scored)).credential)
  const [result] = credentialSubject.result
  const [description] = credentialSubject.achievement.resultDescription
  t.same(result.type, ['Result'])
  t.equal(result.value, '905')
  t.equal(result.resultDescription, description.id)
  t.same(description.type, ['ResultDescription'])
  t.equal(description.resultType, 'ScaledScore')
  for (const name of ['valueMin', 'valueMax', 'requiredValue']) t.type(description[name], 'string')
})

t.test('9.14 no evidence is sent, so none can move or be of a wrong shape', async (t) => {
  t.notOk('evidence' in credential)
})

t.test('9.15 many-valued properties are arrays, nothing is null or empty', async (t) => {
  for (const object of objectsIn(credential)) {
    t.notOk(Object.values(object).includes(null))
    t.notOk(Object.values(object).some((value) => Array.isArray(value) && value.length === 0))
  }
  t.ok(Array.isArray(credential.proof) && Array.isArray(credential.credentialSchema))
  for (const each of [issuer, subject, achievement]) t.ok(Array.isArray(each.type))
})

t.test('9.16 there is one status, as an object, and no refresh service', async (t) => {
  t.type(credential.credentialStatus.type, 'string')
  t.notOk('refreshService' in credential)
})

t.test('9.17 the official schema is named, and every form fits it', async (t) => {
  t.same(credential.credentialSchema, [
    {
      id: 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json',
      type: '1EdTechJsonSchemaValidator2019',
    },
  ])
  t.ok(fits(credential), JSON.stringify(fits.errors))
  t.ok(fits(splitJws(forms.jwt).payload), JSON.stringify(fits.errors))
  t.notOk(fits({ ...credential, validFrom: '2026-11-22' }), 'and this would see a wrong one')
})

t.test('9.18 the official validator’s probes find no term without definition', async (t) => {
  const now = blazon.clock.now()
  t.same(await judgeLikeJava(blazon, { text: forms.credential }, now), [])
  t.notOk(objectsIn(credential).some((each) => 'endorsementJwt' in each || 'jti' in each))
  const odd = JSON.stringify({ ...credential, endorsementJwt: [], surprise: 'x' })
  t.match((await judgeLikeJava(blazon, { text: odd }, now))[0], 'JsonLDValidationProbe')
})

t.test('9.20 the achievement’s id gives its JSON, and a page with Open Graph tags', async (t) => {
  const document = await read(blazon, achievement.id)
  t.equal(
    (await get(blazon, achievement.id)).headers['content-type'],
    'application/ld+json; charset=utf-8',
  )
  t.same(document, { '@context': credential['@context'], ...achievement })
  for (const address of [achievement.id, `${publicUrl}/ob3/issuer`]) {
    const page = await get(blazon, address, { accept: 'text/html' })
    t.match(page.headers['content-type'], 'text/html')
    t.match(page.body, /<meta property="og:title" content="[^"]+">/)
  }
  t.same(await read(blazon, '/ob3/issuer'), { '@context': credential['@context'], ...issuer })
})
