import type { Test } from 'tap'
import type { Part } from './suites.ts'

type Share = Pick<Part, 'suite' | 'kind'>
type Of = { test: Test; share: Share; rest: boolean }

// A test file that runs by itself, without a suite, runs all that it has.
const all: Share = { suite: 'all', kind: 'everyday' }
const shares = new WeakSet<Test>()
const known = new WeakMap<Test, Of>()

/** The `t` of a file of which a suite runs a share: what is added to it and is not of the suite, is left out. */
export function shareOf(test: Test, share: Share): Test {
  shares.add(test)
  return limited({ test, share, rest: false })
}

/** The `t` for tests of the exhaustive suite in a file of the everyday one. */
export function rest(t: Test): Test {
  return limited({ ...behind(t), rest: true })
}

/** The test that halves are added to under a `t`, and those that are to run. */
export function halvesUnder(t: Test): { test: Test; halves: ('SQLite' | 'PostgreSQL')[] } {
  const of = behind(t)
  const halves = (['SQLite', 'PostgreSQL'] as const).filter((half) => runs(of, half))
  return { test: of.test, halves }
}

function behind(t: Test): Of {
  const of = known.get(t)
  if (of) return of
  for (let each: unknown = t; each; each = (each as { parent?: unknown }).parent)
    if (shares.has(each as Test))
      throw new Error('onEachDatabase and rest belong at the top of a file, not inside a test.')
  return { test: t, share: all, rest: false }
}

function runs({ share: { suite, kind }, rest }: Of, half: 'SQLite' | 'PostgreSQL'): boolean {
  if (suite === 'all') return true
  const exhaustive = kind === 'exhaustive' || rest || (half === 'PostgreSQL' && kind !== 'contract')
  return suite === (exhaustive ? 'exhaustive' : 'everyday')
}

function limited(of: Of): Test {
  const t = new Proxy(of.test, {
    get(target, name) {
      if (name === 'test' && !runs(of, 'SQLite')) return () => Promise.resolve()
      const value = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  known.set(t, of)
  return t
}
