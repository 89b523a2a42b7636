import { Worker } from 'node:worker_threads'

type Waiting = { resolve: (value: never) => void; reject: (error: Error) => void }

/**
 * Runs a script's `serve` on a thread of its own, started when first needed, one question after another. A thread that dies fails
 * what it had not answered; the next question starts another. It keeps no process alive but while it works.
 */
export function offThread<Question, Answer>(script: URL): (question: Question) => Promise<Answer> {
  let worker: Worker | undefined
  let asked = 0
  const waiting = new Map<number, Waiting>()
  const start = () => {
    const started = new Worker(script)
    const fail = (error: Error) => {
      if (worker === started) worker = undefined
      for (const { reject } of waiting.values()) reject(error)
      waiting.clear()
    }
    started.on('error', fail)
    started.on('exit', (code) => fail(new Error(`The drawing thread ended with ${code}.`)))
    started.on('message', ({ id, answer, error }) => {
      const { resolve, reject } = waiting.get(id) ?? {}
      waiting.delete(id)
      if (waiting.size === 0) started.unref()
      if (error === undefined) resolve?.(answer as never)
      else reject?.(new Error(error))
    })
    return started
  }
  return (question) =>
    new Promise<Answer>((resolve, reject) => {
      worker ??= start()
      worker.ref()
      asked += 1
      waiting.set(asked, { resolve, reject })
      worker.postMessage({ id: asked, question })
    })
}
