import { gunzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import type { BadgeAnswer } from '../../schemas/badge.ts'
import { handlers } from '../../src/jobs/handlers.ts'
import { runDueJobs } from '../../src/jobs/run-jobs.ts'
import { compromiseKeys } from '../../src/signing/change-keyring.ts'
import { carriers, judgedByOthers, judgedByUs } from '../conformance/independent/carriers.ts'
import { replaceFetch, setTime } from '../conformance/independent/offline.ts'
import { type Forms, freshKeys, type Json, readText, splitJws } from '../conformance/served.ts'
import { type Database, onEachDatabase } from '../help/databases.ts'
import { change, get, issue, passEvent, post, type Started, start } from '../help/start.ts'

let blazon: Started
const strange = replaceFetch(t, () => blazon)

const pass = (name: string, day: string) => ({
  resultId: `R-${name}-${day}`,
  startedAt: `${day}T09:00:00+08:00`,
  endedAt: `${day}T10:00:00+08:00`,
  candidate: { ...passEvent().candidate, id: name, email: `${name}@example.com` },
})

/** Badges of every kind that lives; the first of a renewal is still valid, and the second has begun. */
async function badges() {
  const suspended = await issue(blazon, pass('suspended', '2026-11-20'))
  const expired = await issue(blazon, pass('expired', '2022-01-10'))
  const renewed = await issue(blazon, pass('renewed', '2024-12-20'))
  const renewal = await issue(blazon, pass('renewed', '2026-11-20'))
  return { suspended, expired, renewed, renewal }
}

/** All that anybody is told of a badge, but for its files; which OB 2.0 issuer it names is told apart. */
async function facts({ id, links }: BadgeAnswer) {
  const operator = await blazon.app.inject({ url: `/v1/badges/${id}`, headers: blazon.auth })
  const page = await get(blazon, `${links.page}.json`)
  const hosted = await get(blazon, links.assertion)
  const { badge, ...assertion } = hosted.json()
  const { db } = blazon.tools
  const { renews } = await db
    .selectFrom('badge')
    .select('renews')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const codes = [operator, page, hosted].map(({ statusCode }) => statusCode)
  return {
    told: { codes, operator: operator.json(), page: page.json(), assertion, renews },
    issuer: badge === undefined ? undefined : String(badge).split('/ob2/')[1]?.split('/')[0],
  }
}

type Signed = Pick<Forms, 'credential' | 'jwt' | 'jws'>

async function readSigned({ links }: BadgeAnswer): Promise<Signed> {
  return {
    credential: await readText(blazon, links.credential),
    jwt: await readText(blazon, links.credentialJwt),
    jws: await readText(blazon, links.assertionJws),
  }
}

/** What others say of each text, by carrier: `accepts`, or why not. */
async function verdicts({ credential, jwt, jws }: Signed) {
  const texts = { 'credential.json': credential, 'credential.jwt': jwt, 'assertion.jws': jws }
  const said: Record<string, string> = {}
  for (const [name, text] of Object.entries(texts)) {
    const carrier = carriers[name]
    if (!carrier) throw new Error(`there is no carrier ${name}`)
    for (const [who, says] of Object.entries(await judgedByOthers(blazon, text, carrier)))
      said[who] = says.replace(/current date time \(\S+\)/, 'current date time')
    said[`Blazon on ${name}`] = (await judgedByUs(blazon, text, carrier)).verdict
  }
  return said
}

/** The bit of a credential in its status list, read without our code. */
async function bit(credential: string) {
  const { credentialStatus } = JSON.parse(credential)
  const list = (await get(blazon, credentialStatus.statusListCredential)).json()
  const bytes = gunzipSync(Buffer.from(list.credentialSubject.encodedList.slice(1), 'base64url'))
  const at = Number(credentialStatus.statusListIndex)
  return ((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1
}

/** Why an assertion is in the revocation list of the issuer that its file names. */
async function listedAs(jws: string) {
  const { id, badge } = splitJws(jws).payload
  const { issuer } = (await get(blazon, badge)).json()
  const { revocationList } = (await get(blazon, issuer)).json()
  const { revokedAssertions } = (await get(blazon, revocationList)).json()
  return revokedAssertions.find((each: Json) => each.id === id)?.revocationReason
}

const credentials = ({ tools }: Started) =>
  tools.db
    .selectFrom('credential')
    .select(['badge_id', 'id', 'revoked_class', 'replaced_at'])
    .orderBy('id')
    .execute()

async function withdraw(t: Test, dir: string, keys: string[], day: string) {
  await compromiseKeys(dir, keys, { now: blazon.clock.now() })
  await blazon.reloadKeys()
  setTime(t, blazon, `${day}T05:02:00.000Z`)
  await runDueJobs(blazon.tools, { reissue: handlers.reissue } as typeof handlers)
}

async function scene(t: Test, database: Database, day: string) {
  const KEYS_DIR = await freshKeys(t)
  blazon = await start(t, { database, settings: { KEYS_DIR } })
  setTime(t, blazon, `${day}T05:00:00.000Z`)
  return KEYS_DIR
}

// Days apart, since verifiers keep the keys that they know for a while.
let days = 22
for (const keys of [['ed25519-1'], ['rsa-1'], ['ed25519-1', 'rsa-1']])
  onEachDatabase(
    t,
    `${keys.join(' and ')} compromised: suspended, expired and renewed badges are issued anew and stay what they were; others judge the new files as they judged the old`,
    async (t, database) => {
      const day = `2026-11-${days++}`
      const KEYS_DIR = await scene(t, database, day)
      const standing = await badges()
      const { suspended, renewed, renewal } = standing
      await change(blazon, suspended.id, 'suspend')
      const before: Record<string, Signed & { facts: Json; said: Json }> = {}
      for (const [name, badge] of Object.entries(standing)) {
        const forms = await readSigned(badge)
        before[name] = { ...forms, facts: await facts(badge), said: await verdicts(forms) }
      }
      t.equal(before.renewed?.facts.told.page.renewedBy.page, renewal.links.page)
      t.equal(before.renewal?.facts.told.page.renews.page, renewed.links.page)
      t.equal(before.renewal?.facts.told.renews, renewed.id)
      await withdraw(t, KEYS_DIR, keys, day)
      for (const [name, badge] of Object.entries(standing)) {
        const was = before[name]
        if (!was) throw new Error(`${name} is missing`)
        const { told, issuer } = await facts(badge)
        t.same(told, was.facts.told, `${name}: state, dates, number, addresses and links stay`)
        // While a badge is suspended its hosted assertion is not confirmed.
        const hosted = name === 'suspended' ? undefined : blazon.tools.keyring.active('RS256')
        t.equal(issuer, hosted, `${name}: the hosted one’s issuer`)
        const forms = await readSigned(badge)
        for (const form of ['credential', 'jwt', 'jws'] as const)
          t.not(forms[form], was[form], `${name}: another ${form}`)
        t.same(await verdicts(forms), was.said, `${name}: the new files`)
        const accepted = Object.entries(was.said).filter(([, says]) => says === 'accepts')
        t.equal(accepted.length, name === 'expired' ? 0 : 7, `${name}: who accepted`)
        t.same([await bit(was.credential), await bit(forms.credential)], [1, 0], `${name}: bits`)
        t.same(
          [await listedAs(was.jws), await listedAs(forms.jws)],
          ['corrected', undefined],
          `${name}: revocation lists`,
        )
        for (const [who, says] of Object.entries(await verdicts(was)))
          if (!who.startsWith('OB ')) t.notMatch(says, /^(accepts|valid)$/, `${name}, old: ${who}`)
      }
      const rows = await credentials(blazon)
      t.equal(rows.length, 8, 'each was issued anew once')
      await post(blazon, passEvent(pass('renewed', '2024-12-20')))
      await change(blazon, suspended.id, 'reinstate')
      t.same(await credentials(blazon), rows, 'and nothing later makes it issued anew again')
      const { told, issuer } = await facts(suspended)
      t.equal(told.page.status, 'valid')
      t.equal(issuer, blazon.tools.keyring.active('RS256'), 'reinstated: the hosted one’s issuer')
      const said = Object.entries(await verdicts(await readSigned(suspended)))
      for (const [who, says] of said) t.match(says, /^(accepts|valid)$/, `reinstated: ${who}`)
      t.same(strange, [])
    },
  )

onEachDatabase(
  t,
  'a revoked badge is left as it is when its keys are compromised, and the badge that renewed it is issued anew',
  async (t, database) => {
    const day = `2026-11-${days++}`
    const KEYS_DIR = await scene(t, database, day)
    const { renewed, renewal } = await badges()
    const revoked = await issue(blazon, pass('revoked', '2026-11-20'))
    const forms = await readSigned(revoked)
    const old = await readSigned(renewed)
    await change(blazon, revoked.id, 'revoke', { class: 'withdrawn' })
    await change(blazon, renewed.id, 'revoke', { class: 'withdrawn' })
    const before = [await facts(revoked), await facts(renewed), (await facts(renewal)).told]
    await withdraw(t, KEYS_DIR, ['ed25519-1', 'rsa-1'], day)
    t.same([await facts(revoked), await facts(renewed), (await facts(renewal)).told], before)
    for (const each of [forms, old]) {
      t.equal(await bit(each.credential), 1)
      t.equal(await listedAs(each.jws), 'withdrawn', 'not as corrected: there is no new copy')
      for (const [who, says] of Object.entries(await verdicts(each)))
        t.notMatch(says, /^(accepts|valid)$/, who)
    }
    const rows = await credentials(blazon)
    const ids = [revoked.id, renewed.id]
    t.same(
      rows.filter(({ badge_id }) => ids.includes(badge_id)).map((row) => row.revoked_class),
      ['withdrawn', 'withdrawn'],
    )
    const said = Object.entries(await verdicts(await readSigned(renewal)))
    for (const [who, says] of said) t.match(says, /^(accepts|valid)$/, `the renewal: ${who}`)
  },
)
