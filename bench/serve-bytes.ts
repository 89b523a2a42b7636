import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Answers } from './scene.ts'

/** The bare yardstick of everything that is served: node:http, a map, the bytes. */
process.once('message', (message) => {
  const answers = message as unknown as Answers
  const server = createServer((request, response) => {
    const found = answers.get(request.url ?? '')
    if (!found) return response.writeHead(404, { 'content-length': 0 }).end()
    const { type, bytes } = found
    return response
      .writeHead(200, { 'content-type': type, 'content-length': bytes.length })
      .end(bytes)
  })
  server.listen(0, '127.0.0.1', () =>
    process.send?.({ port: (server.address() as AddressInfo).port }),
  )
})
process.once('disconnect', () => process.exit())
