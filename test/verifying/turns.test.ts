import t from 'tap'
import { type Turns, takeTurns } from '../../src/actions/tools/take-turns.ts'

/** Work whose end the test decides: what has begun, in order. */
function scene(turns: Turns) {
  const inTurn = takeTurns(turns, 'Come again.')
  const begun: string[] = []
  const ends: (() => void)[] = []
  const ask = (name: string) => {
    const work = () => {
      begun.push(name)
      return new Promise<string>((resolve) => ends.push(() => resolve(name)))
    }
    return inTurn(work, name.slice(0, 1)).catch(({ kind }) => kind as string)
  }
  const finish = async () => {
    for (let end = ends.shift(); end; end = ends.shift()) {
      end()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return { ask, begun, finish }
}

t.test('callers who wait are served in rotation, however many one of them asks', async (t) => {
  const { ask, begun, finish } = scene({ atOnce: 1, waiting: 10 })
  const asked = ['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1'].map(ask)
  await finish()
  t.same(begun, ['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4'])
  t.same(await Promise.all(asked), ['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1'])
})

t.test('a caller with a full line is turned away, and another is not', async (t) => {
  const { ask, begun, finish } = scene({ atOnce: 1, waiting: 10, each: 2 })
  const asked = ['a1', 'a2', 'a3', 'a4', 'b1'].map(ask)
  t.equal(await asked[3], 'unavailable')
  await finish()
  t.same(begun, ['a1', 'a2', 'b1', 'a3'])
})

t.test('when all places are taken, the longest line gives its last to a shorter one', async (t) => {
  const { ask, begun, finish } = scene({ atOnce: 1, waiting: 3 })
  const asked = ['a1', 'a2', 'a3', 'a4', 'b1', 'c1', 'd1'].map(ask)
  t.equal(await asked[3], 'unavailable', 'a4 made room for b1')
  t.equal(await asked[2], 'unavailable', 'a3 made room for c1')
  t.equal(await asked[6], 'unavailable', 'd1 finds three callers with one place each')
  await finish()
  t.same(begun, ['a1', 'a2', 'b1', 'c1'])
})

t.test('a turn that fails is handed on, and who comes later is served', async (t) => {
  const inTurn = takeTurns({ atOnce: 1, waiting: 1 }, 'Come again.')
  const fail = async () => {
    throw new Error('no')
  }
  const [first, second] = await Promise.allSettled([inTurn(fail), inTurn(async () => 'done')])
  t.match(first, { reason: { message: 'no' } })
  t.match(second, { value: 'done' })
  t.equal(await inTurn(async () => 'again'), 'again')
})
