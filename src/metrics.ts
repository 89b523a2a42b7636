import type { Answered, makeRegistry, Open, Templates } from './prometheus.ts'

type Registry = ReturnType<typeof makeRegistry>

/** The metrics of `prometheus.ts`. Its library is loaded a second after the first count, so that no start waits for it. */
export function makeMetrics(templates: Templates): Registry {
  const { promise: wanted, resolve: want } = Promise.withResolvers<void>()
  const registry = wanted
    .then(() => import('./prometheus.ts'))
    .then(({ makeRegistry }) => makeRegistry(templates))
  let hasCounted = false
  const count = (work: (counters: Registry) => void) => {
    if (!hasCounted) setTimeout(want, 1000).unref()
    hasCounted = true
    void registry.then(work)
  }
  return {
    answered: (facts: Answered) => count(({ answered }) => answered(facts)),
    accepted: (state, how) => count(({ accepted }) => accepted(state, how)),
    minted: () => count(({ minted }) => minted()),
    polled: (adapter, counts) => count(({ polled }) => polled(adapter, counts)),
    ran: (kind, outcome) => count(({ ran }) => ran(kind, outcome)),
    read: async (open: Open[]) => {
      want()
      return (await registry).read(open)
    },
  }
}
