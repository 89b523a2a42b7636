import t, { type Test } from 'tap'
import { makeVerifications } from '../../src/actions/tools/verifications.ts'
import type { FileType } from '../../src/verifying/presented.ts'
import { judge, judgeKnown, type Question } from '../../src/verifying/verify.ts'
import { get, issue, type Started, start } from '../help/start.ts'

/** The question that a file asks, as the verifier of this Blazon would get it. */
async function questionsOf(started: Started) {
  const asked: Question[] = []
  const { verifications } = started.tools
  started.tools.verifications = {
    ...verifications,
    judge: async (question) => {
      asked.push(question)
      return judge(question)
    },
  }
  const { links } = await issue(started)
  const forms: [string, FileType, string][] = [
    [links.bakedPng, 'png', 'image/png'],
    [links.bakedSvg, 'svg', 'image/svg+xml'],
    [links.credential, 'json', 'application/json'],
    [links.credentialJwt, 'text', 'text/plain'],
    [links.assertionJws, 'text', 'text/plain'],
  ]
  for (const [address, , type] of forms) {
    const { rawPayload: payload } = await get(started, address)
    await started.app.inject({
      method: 'POST',
      url: '/v1/verify',
      headers: { 'content-type': type },
      payload,
    })
  }
  started.tools.verifications = verifications
  return asked
}

t.test('what the issuer made is judged at once, and the same as by the general path', async (t) => {
  const asked = await questionsOf(await start(t as Test))
  t.equal(asked.length, 5)
  for (const question of asked) {
    const right = await judge(question)
    t.ok(right.documents.every((each) => 'standing' in each))
    const isSvg = 'file' in question && question.type === 'svg'
    t.same(await judgeKnown(question), isSvg ? undefined : right)
  }
})

t.test('every other file is left to the general path', async (t) => {
  const asked = await questionsOf(await start(t as Test))
  for (const question of asked) {
    if (!('file' in question)) continue
    const { file } = question
    const changed: [string, Uint8Array][] = [
      ['cut', file.subarray(0, file.length - 30)],
      ['empty', new Uint8Array()],
      ['long', Buffer.concat([file, Buffer.alloc(70_000, ' ')])],
      ['huge', Buffer.concat([file, Buffer.alloc(2 ** 20, ' ')])],
    ]
    for (let place = 50; place < file.length; place += Math.ceil(file.length / 40)) {
      const copy = Buffer.from(file)
      copy[place] = (copy[place] ?? 0) ^ 1
      changed.push([`byte ${place}`, copy])
    }
    for (const [what, bytes] of changed) {
      const quick = await judgeKnown({ ...question, file: bytes })
      if (quick) t.same(quick, await judge({ ...question, file: bytes }), what)
      else t.pass(what)
    }
    t.equal(
      await judgeKnown({ ...question, issuer: { ...question.issuer, keys: [], keySets: [] } }),
      undefined,
    )
    const withdrawn = question.issuer.keys.map(({ method, address }) => ({
      method,
      address,
      achievements: question.issuer.keySets[0]?.achievements ?? '',
    }))
    t.equal(await judgeKnown({ ...question, issuer: { ...question.issuer, withdrawn } }), undefined)
  }
})

t.test('the thread is asked only about what was not judged at once', async (t) => {
  const started = await start(t as Test)
  const [png, , json] = await questionsOf(started)
  let general = 0
  const { judge: ask } = makeVerifications(started.tools.log, undefined, async (question) => {
    general += 1
    return judge(question)
  })
  const { findings, documents } = await ask(png as Question, 'a')
  t.ok(documents.length === 2 && findings.length > 0)
  await ask(json as Question, 'a')
  t.equal(general, 0)
  const other = JSON.parse(Buffer.from((json as { file: Uint8Array }).file).toString())
  const odd = { ...(json as Question), file: Buffer.from(JSON.stringify({ ...other, name: 'x' })) }
  await ask(odd as Question, 'a')
  t.equal(general, 1)
})
