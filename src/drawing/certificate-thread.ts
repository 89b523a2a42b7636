import { drawCertificate } from './certificate.ts'
import type { Task } from './certificate-queue.ts'
import { serveWorker } from './worker-server.ts'

serveWorker(
  async ({ certificate, now }: Task) => new Uint8Array(await drawCertificate(certificate, now)),
)
