import { Problem } from '../problem.ts'
import type { Certificate } from './certificate-facts.ts'
import { offThread } from './off-thread.ts'

export type Task = { certificate: Certificate; now: string }

/**
 * Draws certificates as `drawCertificate` does, on a worker thread and one at a time, so that no page waits for them.
 * At most `maxOpen` are in progress or waiting; beyond that it throws `unavailable`.
 */
export function openCertificateQueue({
  most: maxOpen,
}: {
  most: number
}): (task: Task) => Promise<Buffer> {
  const draw = offThread<Task, Uint8Array>(new URL('./certificate-thread.ts', import.meta.url))
  let open = 0
  return async (task) => {
    if (open >= maxOpen)
      throw new Problem(
        'unavailable/certificates-busy',
        'Many certificates are being made at this moment. Try again in a few seconds.',
      )
    open += 1
    try {
      return Buffer.from(await draw(task))
    } finally {
      open -= 1
    }
  }
}
