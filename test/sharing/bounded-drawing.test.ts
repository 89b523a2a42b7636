import t from 'tap'
import { type Bounds, boundedDrawing } from '../../src/actions/tools/bounded-drawing.ts'

/** A drawing whose end the test decides: what is under way, what was drawn, and how many were drawn at once at most. */
function scene(bounds: Bounds) {
  const ends = new Map<string, (bytes: Buffer) => void>()
  const begun: string[] = []
  let most = 0
  const ask = boundedDrawing(
    (name: string) => {
      begun.push(name)
      return new Promise<Buffer>((resolve) => {
        ends.set(name, resolve)
        most = Math.max(most, ends.size)
      })
    },
    (name) => [name],
    bounds,
  )
  const end = async (name: string, size = 10) => {
    ends.get(name)?.(Buffer.alloc(size, name))
    ends.delete(name)
    await settled()
  }
  return { ask, begun, end, most: () => most }
}

/** Lets everything run that waits for nothing but its turn. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

t.test('the same inputs are drawn once, while they are drawn and after', async (t) => {
  const { ask, begun, end } = scene({ atOnce: 2, waiting: 2, bytes: 100 })
  const asked = [ask('a'), ask('a'), ask('a')]
  await end('a')
  const [first, ...others] = await Promise.all([...asked, ask('a')])
  t.ok(others.every((each) => each === first))
  t.same(begun, ['a'])
})

t.test('only so many are drawn at once, the rest in the order in which they came', async (t) => {
  const { ask, begun, end, most } = scene({ atOnce: 2, waiting: 10, bytes: 1000 })
  const names = ['a', 'b', 'c', 'd', 'e']
  const asked = names.map(ask)
  await settled()
  t.same(begun, ['a', 'b'])
  await end('b')
  t.same(begun, ['a', 'b', 'c'])
  for (const name of ['a', 'c', 'd', 'e']) await end(name)
  t.equal((await Promise.all(asked)).length, 5)
  t.same(begun, names)
  t.equal(most(), 2)
})

t.test(
  'whoever comes when too many wait is told so at once, and the next one is served',
  async (t) => {
    const { ask, end } = scene({ atOnce: 1, waiting: 2, bytes: 1000 })
    const asked = ['a', 'b', 'c'].map(ask)
    await t.rejects(ask('d'), { kind: 'unavailable', message: /Ask again in a few seconds/ })
    const again = ask('c')
    for (const name of ['a', 'b', 'c']) await end(name)
    t.equal((await Promise.all([...asked, again])).length, 4, 'what waits already may be asked for')
    const late = ask('d')
    await end('d')
    t.equal((await late).length, 10)
  },
)

t.test('what is kept fits into its bytes, and what was asked for last stays', async (t) => {
  const { ask, begun, end } = scene({ atOnce: 1, waiting: 0, bytes: 30 })
  const draw = async (name: string, size?: number) => {
    const asked = ask(name)
    await end(name, size)
    await asked
  }
  for (const name of ['a', 'b', 'c', 'a', 'd']) await draw(name)
  t.same(begun, ['a', 'b', 'c', 'd'], 'three fit')
  await draw('a')
  t.equal(begun.length, 4, 'the one that was asked for again is there')
  await draw('b')
  t.same(begun.slice(4), ['b'], 'the one that was not is drawn anew')
  await draw('huge', 31)
  await draw('b')
  t.same(begun.slice(5), ['huge', 'b'], 'one that fits nowhere is kept by nobody')
})

t.test('a drawing that failed is tried again by whoever comes next', async (t) => {
  let tries = 0
  const ask = boundedDrawing(
    async () => {
      tries += 1
      if (tries === 1) throw new Error('no')
      return Buffer.from('drawn')
    },
    () => ['a'],
    { atOnce: 1, waiting: 0, bytes: 100 },
  )
  await t.rejects(ask(undefined), /no/)
  t.equal(String(await ask(undefined)), 'drawn')
})
