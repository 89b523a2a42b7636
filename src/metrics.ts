import type { Answered, makeRegistry, Open, Templates } from './prometheus.ts'

type Registry = ReturnType<typeof makeRegistry>

/** The metrics of `prometheus.ts`. Its library is loaded after the first count, so that no start waits for it. */
export function makeMetrics(templates: Templates): Registry {
  let loading: Promise<Registry> | undefined
  const registry = () => {
    loading ??= import('./prometheus.ts').then(({ makeRegistry }) => makeRegistry(templates))
    return loading
  }
  const count = (work: (counters: Registry) => void) => void registry().then(work)
  return {
    answered: (facts: Answered) => count(({ answered }) => answered(facts)),
    accepted: (state, how) => count(({ accepted }) => accepted(state, how)),
    minted: () => count(({ minted }) => minted()),
    polled: (adapter, counts) => count(({ polled }) => polled(adapter, counts)),
    ran: (kind, outcome) => count(({ ran }) => ran(kind, outcome)),
    read: async (open: Open[]) => (await registry()).read(open),
  }
}
