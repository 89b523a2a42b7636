import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list'
import t, { type Test } from 'tap'
import type { Programme } from '../../../schemas/programme.ts'
import { issueFor } from '../../../src/actions/issuing/issue-for-address.ts'
import { lockIssuedBadge } from '../../../src/actions/support/lock-issued-badge.ts'
import { findStanding } from '../../../src/storage/badges/credentials.ts'
import { inTransaction } from '../../../src/storage/database.ts'
import { issueNamed } from '../../help/issue-named.ts'
import { rest } from '../../help/share.ts'
import { change, get, issue, publicUrl, type Started, start } from '../../help/start.ts'
import {
  changedProgramme,
  type Json,
  pythonAccept,
  readForms,
  readOb2,
  splitJws,
  stringsIn,
} from '../served.ts'
import { carriers, judgedByOthers, judgedByUs } from './carriers.ts'
import { tampered } from './forged.ts'
import { documentLoader, replaceFetch, setTime } from './offline.ts'
import { digitalBazaar, verifierCore } from './verifiers.ts'

let blazon: Started
const strange = replaceFetch(t, () => blazon)

const programmes: Record<string, { change?: (programme: Programme) => void; exam?: string }> = {
  'the sample programme': {},
  'a shown score': { exam: 'PR000003' },
  'no e-mail identifier': {
    change: ({ policies }) => {
      policies.emailIdentifier = false
    },
  },
  '1EdTech’s revocation list': {
    change: ({ policies }) => {
      policies.statusMethod = '1EdTechRevocationList'
    },
  },
  'text of any script': {
    change: ({ achievements, issuer }) => {
      issuer.name = '北風云认证 ]]> "&<é>"'
      issuer.telephone = '+862112345678'
      for (const each of achievements) each.name = '云从业者 \u{1f393} العربية'
    },
  },
}

for (const [name, { change, exam = 'PR000001' }] of Object.entries(programmes)) {
  const to = name === 'the sample programme' ? t : rest(t)
  to.test(`3.1 5.3 10.6 11.2 others accept every file that we serve: ${name}`, async (t) => {
    const settings = change ? changedProgramme(t as Test, change) : {}
    blazon = await start(t as Test, { settings })
    setTime(t as Test, blazon, blazon.clock.now())
    const { links } = await issue(blazon, { exam })
    const addresses: Record<string, string> = {
      'credential.json': links.credential,
      'credential.jwt': links.credentialJwt,
      'assertion.jws': links.assertionJws,
      'badge.png': links.bakedPng,
      'badge.svg': links.bakedSvg,
      'badge-ob2.svg': links.bakedSvgOb2,
    }
    for (const [file, carrier] of Object.entries(carriers)) {
      const answer = await get(blazon, addresses[file] ?? '')
      const bytes = file.endsWith('.png') ? answer.rawPayload : answer.body
      t.equal((await judgedByUs(blazon, bytes, carrier)).verdict, 'valid', `${file}: ours`)
      const verdicts = Object.entries(await judgedByOthers(blazon, bytes, carrier))
      t.ok(verdicts.length >= 2)
      for (const [who, says] of verdicts) t.equal(says, 'accepts', `${file}: ${who}`)
    }
    t.same(strange, [], 'no address was asked for that is not ours or a standard’s')
  })
}

function carrierOf(file: string) {
  const carrier = carriers[file]
  if (!carrier) throw new Error(`there is no carrier ${file}`)
  return carrier
}

t.test(
  '9.7 others accept every file that names its holder, and none whose name was changed',
  async (t) => {
    blazon = await start(t as Test)
    setTime(t as Test, blazon, blazon.clock.now())
    const badge = await issue(blazon)
    const { id, links } = badge
    await issueNamed(blazon, badge)
    const files = [
      ['credential.json', 'named-credential.json'],
      ['credential.jwt', 'named-credential.jwt'],
      ['badge.png', 'named-badge.png'],
    ]
    const read = async (form: string) => {
      const answer = await get(blazon, `${links.page}/${form}`, blazon.auth)
      return form.endsWith('.png') ? answer.rawPayload : answer.body
    }
    for (const [as = '', form = ''] of files) {
      const verdicts = Object.entries(await judgedByOthers(blazon, await read(form), carrierOf(as)))
      t.ok(verdicts.length >= 2)
      for (const [who, says] of verdicts) t.equal(says, 'accepts', `${form}: ${who}`)
    }
    const json = String(await read('named-credential.json'))
    t.match(json, /"hashed":false,"identityHash":"张伟","identityType":"name"/)
    const jwt = String(await read('named-credential.jwt'))
    const forged = [
      ['credential.json', json.replace('张伟', '李伟')],
      [
        'credential.jwt',
        tampered(jwt, (claims) => {
          claims.credentialSubject.identifier[1].identityHash = '李伟'
        }),
      ],
    ]
    for (const [as = '', file = ''] of forged) {
      const verdicts = Object.entries(await judgedByOthers(blazon, file, carrierOf(as)))
      for (const [who, says] of verdicts) t.not(says, 'accepts', `forged, ${as}: ${who}`)
    }
    await change(blazon, id, 'revoke', { class: 'withdrawn' })
    t.not((await digitalBazaar(blazon, json)).length, 0, 'its own place in the list is set')
    t.same(strange, [])
  },
)

t.test('1.5 9.8 others accept the files for another address of the holder’s', async (t) => {
  blazon = await start(t as Test)
  setTime(t as Test, blazon, blazon.clock.now())
  const badge = await issue(blazon)
  await inTransaction(blazon.tools.db, async (db) => {
    const tools = { ...blazon.tools, db }
    const held = await lockIssuedBadge(db, badge.id)
    await issueFor(tools, { badge: held, address: 'new@example.org', actor: 'test' })
  })
  const [other] = await findStanding(blazon.tools.db, badge.id, 'new-address')
  for (const [form, carrier] of Object.entries(carriers)) {
    const at = `${badge.links.page}/addressed/${other?.id}/${form}`
    const answer = await get(blazon, at, blazon.auth)
    const file = form.endsWith('.png') ? answer.rawPayload : answer.body
    t.equal((await judgedByUs(blazon, file, carrier)).verdict, 'valid', `${form}: ours`)
    const verdicts = Object.entries(await judgedByOthers(blazon, file, carrier))
    t.ok(verdicts.length >= 2)
    for (const [who, says] of verdicts) t.equal(says, 'accepts', `${form}: ${who}`)
  }
})

t.test('12.2 12.6 the status list is a credential that others accept', async (t) => {
  blazon = await start(t as Test)
  setTime(t as Test, blazon, blazon.clock.now())
  await issue(blazon)
  const list = (await get(blazon, '/status/1')).body
  t.same(await digitalBazaar(blazon, list), [])
  const tampered = list.replace('"revocation"', '"suspension"')
  t.not((await digitalBazaar(blazon, tampered)).length, 0)
  setTime(t as Test, blazon, '2026-11-22T04:21:00Z')
  t.not((await digitalBazaar(blazon, list)).length, 0, 'an old copy is not accepted')
  t.same(await digitalBazaar(blazon, (await get(blazon, '/status/1')).body), [])
})

t.test('12.7 the bit of a revoked badge is read from the results, not from verified', async (t) => {
  blazon = await start(t as Test)
  setTime(t as Test, blazon, blazon.clock.now())
  const badge = await issue(blazon)
  const { credential: text } = await readForms(blazon, badge)
  const credential = JSON.parse(text)
  const suite = new DataIntegrityProof({ cryptosuite })
  const options = { credential, suite, documentLoader: documentLoader(blazon) }
  const status = async () => {
    const { verified, results } = await checkStatus(options)
    return { verified, bits: results?.map((each) => each.status) }
  }
  t.same(await status(), { verified: true, bits: [false] })
  await change(blazon, badge.id, 'revoke', { class: 'withdrawn' })
  t.same(await status(), { verified: true, bits: [true] })
  t.same(await digitalBazaar(blazon, text), ['the bit is set'])
  t.match(await verifierCore(blazon, text), ['revocation_status'])
})

t.test(
  '2.1 9.20 every address in a signed document answers, for a private badge too',
  async (t) => {
    blazon = await start(t as Test)
    const badge = await issue(blazon)
    const forms = await readForms(blazon, badge)
    await change(blazon, badge.id, 'privacy', { visibility: 'private' })
    t.equal((await get(blazon, badge.links.credential)).statusCode, 404)
    const assertion = splitJws(forms.jws).payload
    const documents: Json[] = [
      JSON.parse(forms.credential),
      splitJws(forms.jwt).payload,
      splitJws(forms.jwt).header,
      assertion,
      ...Object.values(await readOb2(blazon, assertion)),
    ]
    const own = stringsIn(documents).filter((text) => text.startsWith(`${publicUrl}/`))
    const addresses = new Set(own)
    t.ok(addresses.size >= 8, [...addresses].join(' '))
    for (const address of addresses)
      for (const accept of [pythonAccept, '*/*', 'application/json', 'text/html'])
        t.equal((await get(blazon, address, { accept })).statusCode, 200, `${address} to ${accept}`)
  },
)
