import { type Agent, type IncomingHttpHeaders, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Started } from './start.ts'

export type Received = { status: number; headers: IncomingHttpHeaders; body: Buffer }

/** Lets a Blazon under test listen. Answers what asks it as a client over the network does, with these headers only. */
export async function listening({ app }: Started) {
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  return (path: string, headers: Record<string, string> = {}, agent?: Agent) =>
    new Promise<Received>((resolve, reject) => {
      request({ host: '127.0.0.1', port, path, headers, agent }, async (answer) => {
        const parts: Buffer[] = []
        for await (const part of answer) parts.push(part as Buffer)
        const { statusCode: status = 0, headers } = answer
        resolve({ status, headers, body: Buffer.concat(parts) })
      })
        .on('error', reject)
        .end()
    })
}
