import { once } from 'node:events'
import { connect } from 'node:net'

export type Reply = { status: number; length: number; body: () => Buffer }

/** One keep-alive connection with one request at a time. */
export type Connection = { ask: (request: Buffer) => Promise<Reply>; close: () => void }

const patience = 20_000

/**
 * Opens a connection to a port of this machine. It reads just enough HTTP/1.1 for servers that send `content-length`:
 * node:http as a client would cost more than the answers that it measures.
 */
export async function openConnection(port: number): Promise<Connection> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  let waiting: PromiseWithResolvers<Reply> | undefined
  let parts: Buffer[] = []
  let received = 0
  let head: ReturnType<typeof readHead>
  const failed = (error: Error) => waiting?.reject(error)
  socket.setTimeout(patience, () => socket.destroy(new Error('no answer came')))
  socket.on('error', failed)
  socket.on('close', () => failed(new Error('the server closed the connection')))
  socket.on('data', (part: Buffer) => {
    parts.push(part)
    received += part.length
    head ??= readHead(parts)
    if (head && Number.isNaN(head.length))
      socket.destroy(new Error('an answer has no content-length'))
    if (!head || !(received >= head.size + head.length)) return
    const { status, size, length } = head
    const all = parts
    if (received > size + length) failed(new Error('the answer is longer than its content-length'))
    parts = []
    received = 0
    head = undefined
    waiting?.resolve({ status, length, body: () => Buffer.concat(all).subarray(size) })
  })
  return {
    ask: (request) => {
      waiting = Promise.withResolvers<Reply>()
      socket.write(request)
      return waiting.promise
    },
    close: () => {
      waiting = undefined
      socket.destroy()
    },
  }
}

/** The size in bytes of the head, and of the body (NaN when not given). Undefined until the head is complete. */
function readHead(parts: Buffer[]) {
  const bytes = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const text = bytes.toString('latin1', 0, end)
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1])
  return { status: Number(text.slice(9, 12)), size: end + 4, length }
}

type Asked = { method?: string; headers?: Record<string, string>; body?: Buffer | string }

/** The bytes of a request. */
export function request(path: string, { method = 'GET', headers = {}, body }: Asked = {}): Buffer {
  const content = Buffer.from(body ?? '')
  const length = body === undefined ? {} : { 'content-length': content.length }
  const fields = Object.entries({ host: 'badges.example.test', ...headers, ...length })
  const lines = fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines}\r\n`), content])
}
