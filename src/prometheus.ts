import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** The open jobs of a kind. */
export type Open = {
  kind: string
  due: number
  running: number
  failed: number
  oldestDueSeconds: number
}
export type Templates = { made: number; compared: number; different: number }
export type Answered = { method: string; route: string; status: number; seconds: number }

/**
 * The metrics of Blazon since its start, for Prometheus. Labels are fixed words or the operator's: kinds, states, route
 * patterns, adapters; never an address, a key, or personal data. `templates` counts canonical forms, as
 * `credentials/shapes.ts` does.
 */
export function makeRegistry(templates: Templates) {
  const registry = new Registry()
  const own = { registers: [registry] }
  const requests = new Counter({
    ...own,
    name: 'blazon_http_requests_total',
    help: 'Answers given, by method, route pattern and status.',
    labelNames: ['method', 'route', 'status'],
  })
  const durations = new Histogram({
    ...own,
    name: 'blazon_http_request_seconds',
    help: 'How long answers took, by route pattern.',
    labelNames: ['route'],
  })
  const results = new Counter({
    ...own,
    name: 'blazon_results_total',
    help: 'Messages about exam results that were accepted, by the state of the result and by how it went.',
    labelNames: ['state', 'how'],
  })
  const minted = new Counter({ ...own, name: 'blazon_badges_minted_total', help: 'New badges.' })
  const runs = new Counter({
    ...own,
    name: 'blazon_job_runs_total',
    help: 'Jobs that this process ran, by kind and outcome.',
    labelNames: ['kind', 'outcome'],
  })
  const polled = new Counter({
    ...own,
    name: 'blazon_polled_results_total',
    help: 'Results that vendors answered, by adapter and by what became of them.',
    labelNames: ['adapter', 'outcome'],
  })
  countTemplates(registry, templates)
  const jobs = openJobs(registry)
  const machine = processRegistry()
  return {
    answered: ({ method, route, status, seconds }: Answered) => {
      requests.inc({ method, route, status })
      durations.observe({ route }, seconds)
    },
    accepted: (state: string, how: string) => results.inc({ state, how }),
    minted: () => minted.inc(),
    polled: (adapter: string, counts: Record<string, number>) => {
      for (const [outcome, count] of Object.entries(counts)) polled.inc({ adapter, outcome }, count)
    },
    ran: (kind: string, outcome: string) => runs.inc({ kind, outcome }),
    /** All metrics in Prometheus' text format, with the jobs that are open now. */
    read: async (open: Open[]) => {
      jobs(open)
      const texts = [await registry.metrics(), await machine.metrics()]
      return { type: registry.contentType, text: texts.join('\n') }
    },
  }
}

function countTemplates(registry: Registry, templates: Templates) {
  new Counter({
    registers: [registry],
    name: 'blazon_canonical_forms_total',
    help: 'Signed documents that were canonicalised by a template; those that the general path made as well, and those of them that differed, which must stay 0.',
    labelNames: ['outcome'],
    collect() {
      this.reset()
      for (const [outcome, count] of Object.entries(templates)) this.inc({ outcome }, count)
    },
  })
}

function openJobs(registry: Registry) {
  const own = { registers: [registry] }
  const counts = new Gauge({
    ...own,
    name: 'blazon_jobs',
    help: 'Jobs in the database that are due, running or failed, by kind, counted to 10000 at most; each process tells the same.',
    labelNames: ['kind', 'state'],
  })
  const oldest = new Gauge({
    ...own,
    name: 'blazon_jobs_oldest_due_seconds',
    help: 'For how long the oldest due job of a kind waits.',
    labelNames: ['kind'],
  })
  return (open: Open[]) => {
    counts.reset()
    oldest.reset()
    for (const { kind, due, running, failed, oldestDueSeconds } of open) {
      counts.set({ kind, state: 'due' }, due)
      counts.set({ kind, state: 'running' }, running)
      counts.set({ kind, state: 'failed' }, failed)
      oldest.set({ kind }, oldestDueSeconds)
    }
  }
}

let ofProcess: Registry | undefined

/** Memory, processor time and event loop lag of the process, even if it runs several Blazons. */
function processRegistry() {
  if (ofProcess) return ofProcess
  ofProcess = new Registry()
  collectDefaultMetrics({ register: ofProcess })
  return ofProcess
}
