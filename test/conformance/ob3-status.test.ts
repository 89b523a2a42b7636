import { gunzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import { change, get, issue, passEvent, post, start } from '../help/start.ts'
import { judgeLikeJava } from './java-validator.ts'
import { changedProgramme, type Json, read, readForms, splitJws } from './served.ts'

const blazon = await start(t)
const badge = await issue(blazon)
const forms = await readForms(blazon, badge)
const credential: Json = JSON.parse(forms.credential)
const entry = credential.credentialStatus
const list = entry.statusListCredential
const place = Number(entry.statusListIndex)

const bitsOf = ({ credentialSubject }: Json) =>
  gunzipSync(Buffer.from(credentialSubject.encodedList.slice(1), 'base64url'))
const isSet = (bits: Buffer, at: number) => ((bits[at >> 3] ?? 0) & (0x80 >> (at & 7))) !== 0
const setBits = (bits: Buffer) => [...bits.keys()].filter((at) => bits[at] !== 0).length

t.test('12.1 12.5 the entry names its list, its place as text, and revocation', async (t) => {
  t.equal(entry.type, 'BitstringStatusListEntry')
  t.equal(entry.statusPurpose, 'revocation')
  t.match(entry.statusListIndex, /^(0|[1-9]\d*)$/)
  t.ok(place < 131072)
  t.not(entry.id, list)
  t.equal((await read(blazon, list)).credentialSubject.statusPurpose, entry.statusPurpose)
})

t.test('12.2 the list is a signed credential at its own address', async (t) => {
  const document = await read(blazon, list)
  t.same(document['@context'], ['https://www.w3.org/ns/credentials/v2'])
  t.equal(document.id, list)
  t.same(document.type, ['VerifiableCredential', 'BitstringStatusListCredential'])
  t.equal(document.issuer, credential.issuer.id)
  t.equal(document.credentialSubject.id, `${list}#list`)
  t.equal(document.credentialSubject.type, 'BitstringStatusList')
  t.equal(document.proof[0].cryptosuite, 'eddsa-rdfc-2022')
})

t.test(
  '12.3 it is u and base64url of gzip, 16 KiB, and place 0 is the left-most bit',
  async (t) => {
    const { encodedList } = (await read(blazon, list)).credentialSubject
    t.match(encodedList, /^u[\w-]+$/)
    t.same([...Buffer.from(encodedList.slice(1), 'base64url').subarray(0, 2)], [0x1f, 0x8b])
    t.equal(bitsOf(await read(blazon, list)).length, 16384)
    const other = await issue(blazon, { resultId: 'R-msb', startedAt: '2026-11-18T09:00:00Z' })
    const at = Number(
      JSON.parse((await readForms(blazon, other)).credential).credentialStatus.statusListIndex,
    )
    t.notOk(isSet(bitsOf(await read(blazon, list)), at))
    await change(blazon, other.id, 'revoke', { class: 'withdrawn' })
    const bits = bitsOf(await read(blazon, list))
    t.ok(isSet(bits, at))
    t.equal(setBits(bits), 1, 'and nothing else')
  },
)

t.test('12.4 places are random, and never used again', async (t) => {
  const places: number[] = []
  for (let day = 1; day <= 8; day += 1) {
    const made = await issue(blazon, {
      resultId: `R-place-${day}`,
      startedAt: `2026-10-0${day}T09:00:00Z`,
    })
    const { credentialStatus } = JSON.parse((await readForms(blazon, made)).credential)
    t.equal(credentialStatus.statusListCredential, list)
    places.push(Number(credentialStatus.statusListIndex))
  }
  t.equal(new Set([...places, place]).size, 9)
  t.notSame(
    places,
    places.toSorted((a, b) => a - b),
    'in no order',
  )
})

t.test('12.5 a revocation is never taken back: the new badge has a place of its own', async (t) => {
  const facts = { resultId: 'R-again', startedAt: '2026-11-17T09:00:00Z' }
  const first = await issue(blazon, facts)
  const old = JSON.parse((await readForms(blazon, first)).credential).credentialStatus
  await post(blazon, passEvent({ ...facts, revision: 2, outcome: 'failed' }))
  await t.rejects(change(blazon, first.id, 'reinstate'), /409/)
  const { body } = await post(blazon, passEvent({ ...facts, revision: 3 }))
  t.not(body.badge?.id, first.id)
  await change(blazon, body.badge?.id ?? '', 'privacy', { visibility: 'public' })
  const made = JSON.parse(
    (await readForms(blazon, body.badge as NonNullable<typeof body.badge>)).credential,
  )
  const bits = bitsOf(await read(blazon, list))
  t.ok(isSet(bits, Number(old.statusListIndex)), 'the old bit stays')
  t.notOk(isSet(bits, Number(made.credentialStatus.statusListIndex)))
})

t.test('12.6 each change is signed anew at once, and validity agrees with caching', async (t) => {
  const other = await start(t as Test)
  const made = await issue(other)
  const { credential: text } = await readForms(other, made)
  const address = JSON.parse(text).credentialStatus.statusListCredential
  const before = await get(other, address)
  await change(other, made.id, 'revoke', { class: 'withdrawn' })
  const after = await get(other, address)
  t.not(after.json().proof[0].proofValue, before.json().proof[0].proofValue)
  t.match(await judgeLikeJava(other, { text }, other.clock.now()), [
    'RevocationListProbe: the credential is revoked',
  ])
  for (let minutes = 0; minutes <= 31; minutes += 1) {
    other.clock.set(new Date(Date.parse('2026-11-22T04:00:00Z') + minutes * 60_000).toISOString())
    const { headers, body } = await get(other, address)
    const kept = Number(/max-age=(\d+)/.exec(String(headers['cache-control']))?.[1])
    const left = (Date.parse(JSON.parse(body).validUntil) - Date.parse(other.clock.now())) / 1000
    if (!(kept > 0 && left >= kept))
      t.fail(`${minutes} min: may be kept ${kept} s, is valid ${left} s more`)
    if (headers['set-cookie']) t.fail('a cookie')
  }
})

t.test('12.8 12.9 a programme may choose 1EdTech’s own list', async (t) => {
  const settings = changedProgramme(t as Test, ({ policies }) => {
    policies.statusMethod = '1EdTechRevocationList'
  })
  const other = await start(t as Test, { settings })
  const made = await issue(other)
  const { credential: text, jwt } = await readForms(other, made)
  const { credentialStatus, id, issuer } = JSON.parse(text)
  t.same(Object.keys(credentialStatus).sort(), ['id', 'type'])
  t.equal(credentialStatus.type, '1EdTechRevocationList')
  const now = other.clock.now()
  t.same(await judgeLikeJava(other, { text }, now), [])
  t.same((await read(other, credentialStatus.id)).revokedCredential, [])
  await change(other, made.id, 'revoke', { class: 'corrected' })
  t.match((await get(other, credentialStatus.id)).headers['content-type'], /^application\/json/)
  t.same(await read(other, credentialStatus.id), {
    id: credentialStatus.id,
    issuer: issuer.id,
    revokedCredential: [{ id, revoked: true, revocationReason: 'corrected' }],
  })
  for (const each of [text, jwt])
    t.same(await judgeLikeJava(other, { text: each }, now), [
      'RevocationListProbe: the credential is listed',
    ])
})

t.test('12.10 suspended, expired and not yet valid are shown apart from revoked', async (t) => {
  const other = await start(t as Test)
  const made = await issue(other)
  const { credential: text } = await readForms(other, made)
  const word = async () => {
    const headers = { 'content-type': 'application/vc+ld+json' }
    const url = '/v1/verify'
    return (await other.app.inject({ method: 'POST', url, headers, payload: text })).json().verdict
  }
  const page = async () => (await get(other, made.links.page, { accept: 'text/html' })).body
  t.equal(await word(), 'valid')
  await change(other, made.id, 'suspend')
  t.equal(await word(), 'suspended')
  t.match(await page(), /under review/i)
  await change(other, made.id, 'reinstate')
  other.clock.set('2026-11-22T10:11:59+08:00')
  t.equal(await word(), 'not-yet-valid', 'an instant earlier, though its text is later')
  other.clock.set('2026-11-21T21:12:00-05:00')
  t.equal(await word(), 'valid', 'the instant itself, though its text is earlier')
  other.clock.set('2028-11-22T16:00:00Z')
  t.equal(await word(), 'expired')
  t.match(await page(), /Expired/)
  await change(other, made.id, 'revoke', { class: 'withdrawn' })
  t.equal(await word(), 'revoked')
})

t.test(
  '12.12 all forms of a badge have one issuer and id, and no other badge has them',
  async (t) => {
    const same = ({ id, issuer }: Json) => `${issuer.id} ${id}`
    t.equal(same(splitJws(forms.jwt).payload), same(credential))
    const other = await issue(blazon, { resultId: 'R-12', startedAt: '2026-11-16T09:00:00Z' })
    t.not(same(JSON.parse((await readForms(blazon, other)).credential)), same(credential))
  },
)
