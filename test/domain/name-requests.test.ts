import fc from 'fast-check'
import t from 'tap'
import type { Holder } from '../../src/domain/badge/badge.ts'
import {
  correctNames,
  type NameRequest,
  requestItem,
} from '../../src/domain/holders/name-request.ts'
import { factOf, type Result } from '../../src/domain/rules/result.ts'
import { passEvent } from '../help/start.ts'

const name = (fullName: string, latinName: string | null = null): Holder => ({
  fullName,
  latinName,
})
const old = name('张伟', 'Zhang Wei')
const right = name('张玮', 'Zhang Wey')

const request = (number: number, was: Holder, wanted: Holder): NameRequest => {
  const { source, candidate } = passEvent()
  const asked = { reason: 'x', askedAt: '2026-11-22T00:00:00Z', takenBackAt: null, answer: null }
  return { source, id: candidate.id, number, was, wanted, ...asked }
}

/** What the exam system says of a result, by revisions. */
function resultOf(names: Holder[], id = passEvent().candidate.id): Result {
  const messages = names.map(({ fullName, latinName }, index) => {
    const { latinName: _, ...rest } = passEvent().candidate
    const candidate = { ...rest, id, fullName, ...(latinName && { latinName }) }
    return { message: { ...passEvent(), revision: index + 1, candidate } }
  })
  const fact = factOf(messages as Parameters<typeof factOf>[0])
  const state = { state: 'issued' as const, reason: null, parkedFor: null }
  return { ...fact, ...state, source: passEvent().source, resultId: 'R-1', revision: names.length }
}

function shown(
  names: Holder[],
  requests: NameRequest[],
  { decision = 'approve', id = passEvent().candidate.id } = {},
): Holder | undefined {
  const decisions = new Map(requests.map((each) => [requestItem(each).id, decision]))
  const [result] = correctNames([resultOf(names, id)], requests, decisions)
  const candidate = result?.message.candidate
  return candidate && name(candidate.fullName, candidate.latinName)
}

t.test('an approved name holds until the exam system sends one that is neither', async (t) => {
  const approved = [request(1, old, right)]
  const third = name('章伟', 'Zhang W.')
  t.same(shown([old], approved), right)
  t.same(shown([old, old], approved), right, 'the old name, said again')
  t.same(shown([old, right], approved), right)
  t.same(shown([old, third], approved), third, 'corrected by the exam system')
  t.same(shown([old, third, old], approved), right, 'and mistaken again')
  t.same(shown([old], approved, { decision: 'refuse' }), old)
  t.same(shown([old], approved, { id: 'C-9' }), old, 'of somebody else')
})

t.test('the two spellings of a name are looked at apart', async (t) => {
  const approved = [request(1, old, right)]
  t.same(shown([name(right.fullName, 'Zhang Wei')], approved), right, 'half corrected')
  t.same(shown([name(old.fullName, 'Chang Wei')], approved), name(right.fullName, 'Chang Wei'))
  t.same(shown([name('李伟', 'Zhang Wei')], approved), name('李伟', 'Zhang Wei'), 'another name')
  const added = [request(1, name('张伟'), name('张伟', 'Zhang Wei'))]
  t.same(shown([name('张伟')], added), name('张伟', 'Zhang Wei'))
  t.same(shown([name('李四')], added), name('李四'))
})

t.test('corrections follow each other, also back to where they began', async (t) => {
  const there = request(1, old, right)
  const back = request(2, right, old)
  const on = request(3, old, name('张薇'))
  for (const said of [old, right]) {
    t.same(shown([said], [there, back]), old)
    t.same(shown([said], [on, back, there]), name('张薇'))
  }
})

const some = ['A', 'B', 'C'].flatMap((full) => [name(full), name(full, 'L'), name(full, 'M')])
const anyName = fc.constantFrom(...some)

t.test(
  'what is shown rests on the last that the exam system said, whatever it said before',
  (t) => {
    const wishes = fc.array(fc.tuple(anyName, anyName), { maxLength: 3 })
    fc.assert(
      fc.property(wishes, fc.array(anyName), anyName, (pairs, before, last) => {
        const requests = pairs.map(([was, wanted], index) => request(index + 1, was, wanted))
        const alone = shown([last], requests)
        t.strictSame(shown([...before, last], requests.toReversed()), alone)
        if (requests.length === 1 && pairs[0]?.[0] === last) t.strictSame(alone, pairs[0][1])
      }),
    )
    t.end()
  },
)
