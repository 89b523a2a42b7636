import { performance } from 'node:perf_hooks'
import t, { type Test } from 'tap'
import type { Verdict } from '../../schemas/verdict.ts'
import { makeVerifications } from '../../src/actions/tools/verifications.ts'
import { ThreadEnded } from '../../src/drawing/off-thread.ts'
import type { Question } from '../../src/verifying/verify.ts'
import { get, issue, type Started, start } from '../help/start.ts'
import { alignments, grid, withAchievement } from './hostile.ts'

const verify = async ({ app }: Started, payload: object, remoteAddress = '192.0.2.1') => {
  const answer = await app.inject({ method: 'POST', url: '/v1/verify', payload, remoteAddress })
  return { status: answer.statusCode, headers: answer.headers, body: answer.json() }
}

t.test('the main thread is idle while a stranger’s credential is canonicalised', async (t) => {
  const blazon = await start(t as Test)
  const { links } = await issue(blazon)
  const genuine = (await get(blazon, links.credential)).body
  const forged = withAchievement(genuine, { alignment: alignments(135) })
  const errands: Record<string, () => Promise<unknown>> = {
    'a stranger’s': async () => {
      const { body } = await verify(blazon, forged)
      t.equal((body as Verdict).verdict, 'invalid')
    },
  }
  for (const [name, errand] of Object.entries(errands)) {
    await errand()
    const before = performance.eventLoopUtilization()
    for (let index = 0; index < 10; index += 1) await errand()
    const { utilization } = performance.eventLoopUtilization(before)
    t.ok(utilization < 0.3, `${name}: busy for ${utilization.toFixed(2)} of the time`)
  }
})

t.test('what is built to be costly gets a verdict, and the next file has its turn', async (t) => {
  const blazon = await start(t as Test)
  const { links } = await issue(blazon)
  const genuine = (await get(blazon, links.credential)).body
  const deep = JSON.parse(`${'{"@context":'.repeat(40)}{}${'}'.repeat(40)}`) as Record<
    string,
    unknown
  >
  const manyContexts = { ...JSON.parse(genuine), '@context': [] as unknown[] }
  manyContexts['@context'] = Array.from(
    { length: 2000 },
    () => 'https://www.w3.org/ns/credentials/v2',
  )
  const hostile: Record<string, [object, string]> = {
    'a grid of like blank nodes, 10 x 10': [grid(genuine, [10, 10]), 'could-not-check'],
    'a grid of like blank nodes, 2 x 60': [grid(genuine, [2, 60]), 'could-not-check'],
    'a grid of like blank nodes, 40 x 2': [grid(genuine, [40, 2]), 'could-not-check'],
    'like blank nodes in one line': [grid(genuine, [1, 120]), 'invalid'],
    'more alignments than any badge has': [
      withAchievement(genuine, { alignment: alignments(1080) }),
      'could-not-check',
    ],
    'nested contexts': [{ ...JSON.parse(genuine), ...deep }, 'invalid'],
    'contexts without end': [manyContexts, 'invalid'],
  }
  for (const [name, [document, expected]] of Object.entries(hostile)) {
    const begun = performance.now()
    const { status, body } = await verify(blazon, document)
    t.equal(status, 200, name)
    t.equal((body as Verdict).verdict, expected, `${name}: ${JSON.stringify(body)}`)
    t.comment(`${name}: ${(performance.now() - begun).toFixed(0)} ms`)
  }
  t.equal((await verify(blazon, JSON.parse(genuine))).body.verdict, 'valid')
})

t.test('no private key reaches the thread', async (t) => {
  const blazon = await start(t as Test)
  const { links } = await issue(blazon)
  const asked: Question[] = []
  const { judge } = blazon.tools.verifications
  blazon.tools.verifications.judge = (question, caller) => {
    asked.push(question)
    return judge(question, caller)
  }
  await get(blazon, `${links.page}?check=now`, { accept: 'text/html' })
  await verify(blazon, JSON.parse((await get(blazon, links.credential)).body))
  t.equal(asked.length, 2)
  for (const { issuer } of asked) {
    t.ok(issuer.keys.length > 1)
    for (const { jwk } of [...issuer.keys, ...issuer.keySets])
      t.same(
        Object.keys(jwk).filter((name) => ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'].includes(name)),
        [],
      )
  }
})

t.test('a file that ends the thread is not judged, and the log says so', async (t) => {
  const warned: string[] = []
  const log = { warn: (_facts: object, message: string) => void warned.push(message) }
  const { judge } = makeVerifications(log, undefined, async () => {
    throw new ThreadEnded('out of memory')
  })
  const issuer = { did: 'did:web:x', keys: [], keySets: [], withdrawn: [] }
  const { findings } = await judge({ credential: '{}', issuer }, 'a')
  t.match(findings, [{ name: 'file', result: 'could-not-check' }])
  t.same(warned, ['a presented file could not be judged'])
})

t.test('who comes when too many wait is told 503 and when to come again', async (t) => {
  const blazon = await start(t as Test)
  const { links } = await issue(blazon)
  const genuine = JSON.parse((await get(blazon, links.credential)).body)
  const payload = { ...genuine, name: 'changed' } // A genuine one waits for nobody.
  let finish = () => {}
  const held = new Promise<void>((resolve) => {
    finish = resolve
  })
  const real = makeVerifications(blazon.tools.log)
  blazon.tools.verifications = makeVerifications(
    blazon.tools.log,
    { atOnce: 1, waiting: 2, each: 2 },
    async (question) => {
      await held
      return real.judge(question, 'test')
    },
  )
  const waiting = ['192.0.2.1', '192.0.2.2', '192.0.2.3'].map((from) =>
    verify(blazon, payload, from),
  )
  await new Promise((resolve) => setTimeout(resolve, 50))
  const refused = await verify(blazon, payload, '192.0.2.4')
  t.equal(refused.status, 503)
  t.equal(refused.headers['retry-after'], '5')
  t.match(refused.headers['content-type'], 'application/problem+json')
  t.match(refused.body.detail, /Try again in a few seconds/)
  finish()
  for (const { body } of await Promise.all(waiting)) t.equal(body.verdict, 'invalid')
  t.equal((await verify(blazon, genuine, '192.0.2.4')).body.verdict, 'valid')
})

t.test('one caller may verify 120 times a minute; others are not counted with them', async (t) => {
  const blazon = await start(t as Test)
  const ask = (from: string) => verify(blazon, { url: 'https://other.example/b/x' }, from)
  for (let count = 0; count < 120; count += 1)
    t.equal((await ask(`2001:db8:1:2::${count.toString(16)}`)).status, 200)
  const refused = await ask('2001:db8:1:2:ffff::1')
  t.equal(refused.status, 429, 'the same /64')
  t.ok(Number(refused.headers['retry-after']) > 0)
  t.equal((await ask('2001:db8:1:3::1')).status, 200, 'its neighbour')
})
