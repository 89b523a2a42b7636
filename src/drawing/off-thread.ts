import { Worker } from 'node:worker_threads'

type Waiting = { resolve: (value: never) => void; reject: (error: Error) => void }

/** Times in milliseconds, memory in MB. */
export type ThreadOptions = {
  /** The most that one question may take. */
  time?: number
  memory?: number
  /** How long the thread is kept without a question; a minute, unless given, since it takes 40 MB or more. */
  rest?: number
  /** What the script finds as `workerData`. */
  data?: object
  /** Ends the thread. */
  closing?: AbortSignal
}

/** The thread ended before it answered: it exceeded its time or memory, or crashed. */
export class ThreadEnded extends Error {}

/**
 * Runs a script's `serveWorker` on a thread of its own, which starts with the first question. When the thread dies, or
 * is ended because the oldest question took too long, its open questions fail with `ThreadEnded`; the next question
 * starts a new thread. The thread keeps the process alive only while it works.
 */
export function offThread<Question, Answer>(
  script: URL,
  { time, memory, rest = 60_000, data, closing }: ThreadOptions = {},
): (question: Question) => Promise<Answer> {
  let thread: { worker: Worker; waiting: Map<number, Waiting> } | undefined
  let asked = 0
  let resting: NodeJS.Timeout | undefined
  const start = () => {
    const worker = new Worker(script, {
      workerData: data,
      ...(memory !== undefined && { resourceLimits: { maxOldGenerationSizeMb: memory } }),
    })
    const waiting = new Map<number, Waiting>()
    const started = { worker, waiting }
    const fail = (reason: string) => {
      if (thread === started) thread = undefined
      for (const { reject } of waiting.values()) reject(new ThreadEnded(reason))
      waiting.clear()
    }
    worker.on('error', (error) => fail(`The thread broke: ${error}`))
    worker.on('exit', (code) => fail(`The thread ended with ${code}.`))
    worker.on('message', ({ id, answer, error }) => {
      const { resolve, reject } = waiting.get(id) ?? {}
      waiting.delete(id)
      if (waiting.size === 0) letRest(started)
      if (error === undefined) resolve?.(answer as never)
      else reject?.(new Error(error))
    })
    closing?.addEventListener('abort', () => void worker.terminate(), { once: true })
    return started
  }
  const letRest = (rested: NonNullable<typeof thread>) => {
    rested.worker.unref()
    resting = setTimeout(() => {
      thread = undefined
      void rested.worker.terminate()
    }, rest).unref()
  }
  return async (question) => {
    clearTimeout(resting)
    thread ??= start()
    const { worker, waiting } = thread
    let timer: NodeJS.Timeout | undefined
    try {
      return await new Promise<Answer>((resolve, reject) => {
        worker.ref()
        asked += 1
        waiting.set(asked, { resolve, reject })
        worker.postMessage({ id: asked, question })
        if (time !== undefined) timer = setTimeout(() => void worker.terminate(), time)
      })
    } finally {
      clearTimeout(timer)
    }
  }
}
