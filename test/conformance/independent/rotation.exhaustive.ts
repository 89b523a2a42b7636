import t, { type Test } from 'tap'
import type { BadgeAnswer } from '../../../schemas/badge.ts'
import { handlers } from '../../../src/jobs/handlers.ts'
import { runDueJobs } from '../../../src/jobs/run-jobs.ts'
import { compromiseKeys, rotateKeyring } from '../../../src/signing/change-keyring.ts'
import { get, issue, type Started, start } from '../../help/start.ts'
import { judgeLikePython } from '../python-validator.ts'
import { freshKeys, readOb2, splitJws } from '../served.ts'
import { carriers, judgedByOthers, judgedByUs } from './carriers.ts'
import { replaceFetch, setTime } from './offline.ts'

let blazon: Started
const strange = replaceFetch(t, () => blazon)
const now = '2026-11-22T05:00:00Z'

const reissues = ({ tools }: Started) =>
  runDueJobs(tools, { reissue: handlers.reissue } as typeof handlers)

type Files = Record<string, string | Buffer>

async function files({ links }: BadgeAnswer): Promise<Files> {
  const addresses: Record<string, string> = {
    'credential.json': links.credential,
    'credential.jwt': links.credentialJwt,
    'assertion.jws': links.assertionJws,
    'badge.png': links.bakedPng,
    'badge.svg': links.bakedSvg,
    'badge-ob2.svg': links.bakedSvgOb2,
  }
  const found: Files = {}
  for (const [file, address] of Object.entries(addresses)) {
    const answer = await get(blazon, address)
    found[file] = file.endsWith('.png') ? answer.rawPayload : answer.body
  }
  return found
}

async function everybodyAccepts(t: Test, found: Files, badge: BadgeAnswer, when: string) {
  for (const [file, carrier] of Object.entries(carriers)) {
    const bytes = found[file] ?? ''
    t.equal((await judgedByUs(blazon, bytes, carrier)).verdict, 'valid', `${when}, ${file}: ours`)
    for (const [who, says] of Object.entries(await judgedByOthers(blazon, bytes, carrier)))
      t.equal(says, 'accepts', `${when}, ${file}: ${who}`)
  }
  const hosted = await judgeLikePython(
    blazon,
    { url: badge.links.assertion },
    { now: blazon.clock.now() },
  )
  t.same(hosted, [], `${when}, hosted`)
}

t.test(
  '3.4 10.5 11.10 three rotations in a running Blazon: the first badge is the same in every form, and others accept it',
  async (t) => {
    const KEYS_DIR = await freshKeys(t as Test)
    blazon = await start(t as Test, { settings: { KEYS_DIR } })
    setTime(t as Test, blazon, now)
    const first = await issue(blazon)
    const unread = await issue(blazon, { resultId: 'R-2', startedAt: '2026-11-20T00:00:00Z' })
    const before = await files(first)
    const hosted = (await get(blazon, first.links.assertion)).body
    for (const round of [1, 2, 3]) {
      // Verifiers keep the keys that they know for a while, so nobody rotates three times in a second.
      setTime(t as Test, blazon, `2026-11-2${round + 2}T05:00:00Z`)
      await rotateKeyring(KEYS_DIR, { now })
      await blazon.reloadKeys()
      t.equal(blazon.tools.keyring.active('RS256'), `rsa-${round + 1}`)
      t.equal(blazon.tools.keyring.active('Ed25519'), `ed25519-${round + 1}`)
      t.same(await files(first), before, `rotation ${round}: the same bytes`)
      t.equal((await get(blazon, first.links.assertion)).body, hosted)
      await everybodyAccepts(t as Test, before, first, `rotation ${round}`)
    }
    const late = await files(unread)
    const issuer = await readOb2(blazon, splitJws(String(late['assertion.jws'])).payload)
    t.match(
      issuer.issuer.publicKey,
      '/ob2/rsa-4/',
      'what was never asked for is signed by the key of today',
    )
    await everybodyAccepts(t as Test, late, unread, 'asked for after three rotations')
    const did = (await get(blazon, '/.well-known/did.json')).json()
    t.equal(did.verificationMethod.length, 10, 'three retired, one active, one next, of each kind')
    t.same(strange, [])
  },
)

// Days apart, since verifiers keep the keys that they know for a while.
for (const [key, day] of [
  ['rsa-1', '2026-11-27'],
  ['ed25519-1', '2026-11-28'],
] as const)
  t.test(
    `11.10 ${key} is compromised: its files are refused by all who ask, its badges are issued anew and accepted by all`,
    async (t) => {
      const KEYS_DIR = await freshKeys(t as Test)
      blazon = await start(t as Test, { settings: { KEYS_DIR } })
      setTime(t as Test, blazon, `${day}T05:00:00Z`)
      const first = await issue(blazon)
      const before = await files(first)
      const hosted = (await get(blazon, first.links.assertion)).json()
      await compromiseKeys(KEYS_DIR, [key], { now })
      await blazon.reloadKeys()
      const [file, form] =
        key === 'rsa-1'
          ? (['assertion.jws', 'jws'] as const)
          : (['credential.json', 'credential'] as const)
      const carrier = carriers[file]
      if (!carrier) throw new Error(`no carrier for ${form}`)
      const verdict = await judgedByUs(blazon, before[file] ?? '', carrier)
      t.equal(verdict.verdict, 'invalid')
      t.match(JSON.stringify(verdict), /withdrawn the key.*Ask the holder for the current copy/)
      for (const [who, says] of Object.entries(
        await judgedByOthers(blazon, before[file] ?? '', carrier),
      ))
        if (!who.startsWith('OB 3.0')) t.not(says, 'accepts', who)
      t.equal(await reissues(blazon), 0, 'not while another process may still sign with it')
      setTime(t as Test, blazon, `${day}T05:02:00Z`)
      t.equal(await reissues(blazon), 1)
      const after = await files(first)
      for (const name of Object.keys(carriers))
        t.not(String(after[name]), String(before[name]), name)
      await everybodyAccepts(t as Test, after, first, 'issued anew')
      const present = (await get(blazon, first.links.assertion)).json()
      t.equal(present.id, hosted.id, 'the hosted address stays')
      t.same(present.expires, hosted.expires)
      const old = await judgedByUs(
        blazon,
        before['credential.jwt'] ?? '',
        carriers['credential.jwt'] as typeof carrier,
      )
      t.equal(old.verdict, key === 'rsa-1' ? 'invalid' : 'revoked')
      setTime(t as Test, blazon, `${day}T05:03:00Z`)
      t.equal(await reissues(blazon), 1, 'it looks once more')
      setTime(t as Test, blazon, `${day}T05:10:00Z`)
      t.equal(await reissues(blazon), 0)
      t.same(await files(first), after)
    },
  )
