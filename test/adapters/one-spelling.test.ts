import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { idTrouble, normalId } from '../../src/domain/people/normal-ids.ts'
import type { Started } from '../help/start.ts'
import { quoted, startWithWays, type Way, type WayName } from '../help/ways.ts'

const own = ['JSON', 'NDJSON', 'CSV'] as const satisfies WayName[]
type Own = (typeof own)[number]
type Spelling = (id: string) => string
type Spelled = { way: Own; result: Spelling; candidate: Spelling; cell: Spelling }
type Sent = { way: Own; resultId: string; candidateId: string; who: string; cell?: Spelling }

const byWay = fc.constantFrom<Own>(...own)
const space = fc.string({
  unit: fc.constantFrom(...' \u00a0\u1680\u2000\u2009\u202f\u205f\u3000\ufeff\t\n'),
  maxLength: 3,
})
const form = fc.constantFrom('NFC', 'NFD', undefined)
const cell = fc.constantFrom<Spelling>(
  quoted,
  (text) => ` ${quoted(text)}\u00a0`,
  (text) => (/["\r\n,]/.test(text) ? quoted(text) : text),
  (text) => (text.includes('"') ? quoted(text) : quoted(`="${text}"`)),
)
const spelling = fc
  .record({ before: space, after: space, form })
  .map(({ before, after, form }): Spelling => {
    return (id) => before + (form ? id.normalize(form) : id) + after
  })
const sending = fc.record({ way: byWay, result: spelling, candidate: spelling, cell })

const letter = fc.oneof(
  fc.constantFrom(...'aZ0-/"\';,=$&ÉéÅ\u212b\u2126가ガ', 'e\u0301', 'ậ', 'q\u0323\u0307'),
  fc.string({ unit: 'grapheme', maxLength: 1 }),
)
const id = fc
  .string({ unit: letter, maxLength: 8 })
  .filter((text) => !/[\p{Cc}\p{Cs}]/u.test(text) && idTrouble(normalId(`x${text}`)) === undefined)

/** Sends a pass: `accepted`, `replayed`, or what was answered besides. */
async function outcomeOf(
  ways: Record<WayName, Way>,
  { way, resultId, candidateId, ...rest }: Sent,
): Promise<string> {
  const ids = { resultId: JSON.stringify(resultId), candidateId: JSON.stringify(candidateId) }
  const { status, text } = await ways[way]({ ...ids, ...rest })
  const single = { 200: 'replayed', 201: 'accepted' }[status]
  const outcome = way === 'JSON' ? single : JSON.parse(text).rows?.[0].outcome
  return ['accepted', 'replayed'].includes(outcome) ? outcome : `${JSON.stringify(ids)}: ${text}`
}

/** How many results, candidates, badges and messages there are. */
async function counts({ tools: { db } }: Started): Promise<number[]> {
  const found: number[] = []
  for (const table of ['result', 'candidate', 'badge', 'result_message'] as const)
    found.push((await db.selectFrom(table).selectAll().execute()).length)
  return found
}

const plus = (more: number) => (count: number) => count + more

/** Ids that look alike to people, or are the same in another form than NFC. */
const alike: string[][] = [
  ['A1', 'А1'], // Latin, Cyrillic
  ['O-1', '0-1'],
  ['µ', 'μ'], // micro, mu: the same in NFKC
  ['ﬁ', 'fi'],
  ['１２', '12'],
  ['ß', 'ss'],
  ['ı', 'i'],
  ['é', 'e'],
  ['a b', 'a  b'],
  ["o'n", 'o’n'],
  ['12', '+12'],
  ['12', '1 2'],
  ['1e2', '100'],
  ['a%20b', 'a b'],
]

/** Ids that are the same number, as a double or as an integer, or the same in another case. */
const alikeByRule = fc.oneof(
  fc.bigInt({ min: 2n ** 53n, max: 10n ** 40n }).map((number) => [`${number}`, `${number + 1n}`]),
  fc.nat().map((number) => [`${number}`, `0${number}`]),
  id
    .filter((text) => text.toLowerCase() !== text.toUpperCase())
    .map((text) => [text.toLowerCase(), text.toUpperCase()]),
)

t.test('ids of our own messages', async (t) => {
  const { blazon, ways } = await startWithWays(t)
  let run = 0

  await t.test('every spelling of an id is one result, candidate and badge', async (t) => {
    const isOne = async (one: string, other: string, sent: Spelled[]) => {
      run += 1
      const before = await counts(blazon)
      const outcomes: string[] = []
      for (const { result, candidate, ...rest } of sent) {
        const resultId = result(`r${run}-${one}`)
        const candidateId = candidate(`c${run}-${other}`)
        outcomes.push(await outcomeOf(ways, { resultId, candidateId, ...rest, who: `w${run}` }))
      }
      assert.deepEqual(outcomes, ['accepted', ...sent.slice(1).map(() => 'replayed')])
      assert.deepEqual(await counts(blazon), before.map(plus(1)))
    }
    const several = fc.array(sending, { minLength: 3, maxLength: 5 })
    await fc.assert(fc.asyncProperty(id, id, several, isOne), { numRuns: 12 })
    t.same(await counts(blazon), Array.from({ length: 4 }).fill(run))
  })

  await t.test('ids that differ in anything else are never one', async (t) => {
    const areTwo = async (texts: string[], way: Own, otherWay: Own) => {
      run += 1
      const before = await counts(blazon)
      const end = String(run).padStart(4, '0')
      for (const [at, text] of texts.entries()) {
        const ids = { resultId: text + end, candidateId: text + end }
        const sent = { ...ids, way: at === 0 ? way : otherWay, who: `w${run}x${at}` }
        assert.equal(await outcomeOf(ways, sent), 'accepted', JSON.stringify(texts))
      }
      assert.deepEqual(await counts(blazon), before.map(plus(2)), JSON.stringify(texts))
    }
    for (const [at, texts] of alike.entries())
      await areTwo(texts, own[at % 3] ?? 'JSON', own[(at + 1) % 3] ?? 'CSV')
    await fc.assert(fc.asyncProperty(alikeByRule, byWay, byWay, areTwo), { numRuns: 8 })
    t.pass(`${run} in all`)
  })
})
