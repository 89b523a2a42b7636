import { Worker } from 'node:worker_threads'

type Waiting = { resolve: (value: never) => void; reject: (error: Error) => void }

/**
 * Runs a script's `serve` on a thread of its own, started when first needed, one question after another. A thread that dies fails
 * what it had not answered; the next question starts another. It keeps no process alive but while it works.
 */
export function offThread<Question, Answer>(script: URL): (question: Question) => Promise<Answer> {
  let thread: { worker: Worker; waiting: Map<number, Waiting> } | undefined
  let asked = 0
  const start = () => {
    const worker = new Worker(script)
    const waiting = new Map<number, Waiting>()
    const started = { worker, waiting }
    const fail = (error: Error) => {
      if (thread === started) thread = undefined
      for (const { reject } of waiting.values()) reject(error)
      waiting.clear()
    }
    worker.on('error', fail)
    worker.on('exit', (code) => fail(new Error(`The drawing thread ended with ${code}.`)))
    worker.on('message', ({ id, answer, error }) => {
      const { resolve, reject } = waiting.get(id) ?? {}
      waiting.delete(id)
      if (waiting.size === 0) worker.unref()
      if (error === undefined) resolve?.(answer as never)
      else reject?.(new Error(error))
    })
    return started
  }
  return (question) =>
    new Promise<Answer>((resolve, reject) => {
      thread ??= start()
      const { worker, waiting } = thread
      worker.ref()
      asked += 1
      waiting.set(asked, { resolve, reject })
      worker.postMessage({ id: asked, question })
    })
}
