import { parentPort } from 'node:worker_threads'

/** The worker's end of `offThread`: answers each question with the result of `work`. */
export function serveWorker<Question, Answer>(
  work: (question: Question) => Answer | Promise<Answer>,
) {
  parentPort?.on('message', async ({ id, question }: { id: number; question: Question }) => {
    try {
      parentPort?.postMessage({ id, answer: await work(question) })
    } catch (error) {
      parentPort?.postMessage({ id, error: String(error) })
    }
  })
}
