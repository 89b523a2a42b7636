import { threadId } from 'node:worker_threads'
import { serveWorker } from '../../src/drawing/worker-server.ts'

serveWorker((question: string) => {
  if (question === 'thread') return String(threadId)
  if (question === 'die') process.exit(3)
  if (question === 'break') {
    setImmediate(() => {
      throw new Error('not caught')
    })
    return new Promise<string>(() => {})
  }
  if (question === 'fail') throw new Error('no such drawing')
  return `${question} ${question}`
})
