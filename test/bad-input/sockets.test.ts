import { connect } from 'node:net'
import t from 'tap'
import { listen } from '../../src/main.ts'
import { dump, makeWorld } from './world.ts'

/** Everything that comes back on one connection until it is closed, or nothing more comes for a while. */
function exchange(port: number, bytes: string | Buffer): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    const end = () => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(700, end)
    socket.on('data', (data) => {
      answer += data.toString('latin1')
    })
    socket.on('error', end)
    socket.on('close', end)
  })
}

const get = (path: string, headers = '') => `GET ${path} HTTP/1.1\r\nHost: a\r\n${headers}\r\n`
const post = (headers: string, body = '') =>
  `POST /v1/verify HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n${headers}\r\n\r\n${body}`

/** What is sent, and the first line that comes back; `''` is a connection closed, or left waiting, without a word. */
const garbage: [string, string | Buffer, string][] = [
  ['bytes', Buffer.from([0, 255, 254, 13, 10, 13, 10]), '400 Bad Request'],
  ['the start of TLS', Buffer.from('160301020001', 'hex'), '400 Bad Request'],
  ['a line that is no request', 'hello\r\n\r\n', '400 Bad Request'],
  ['a method that is none', 'BREW / HTTP/1.1\r\nHost: a\r\n\r\n', '400 Bad Request'],
  ['a version that is none', 'GET / HTTP/9.9\r\nHost: a\r\n\r\n', '400 Bad Request'],
  ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', '400 Bad Request'],
  ['a space in the path', get('/b/a b'), '400 Bad Request'],
  ['no Host', 'GET / HTTP/1.1\r\n\r\n', '400 Bad Request'],
  ['a header without a colon', get('/', 'nonsense\r\n'), '400 Bad Request'],
  ['NUL in a header', get('/', 'a: b\0c\r\n'), '400 Bad Request'],
  [
    'headers of 64 KiB',
    get('/', `a: ${'b'.repeat(65_536)}\r\n`),
    '431 Request Header Fields Too Large',
  ],
  ['a path of 64 KiB', get(`/${'a'.repeat(65_536)}`), '431 Request Header Fields Too Large'],
  ['a path that climbs', get('/../../etc/passwd'), '404 Not Found'],
  ['a path of another host', get('http://other.example/b/x'), '404 Not Found'],
  ['a path with bytes beyond ASCII', Buffer.from(get('/b/\u00ff'), 'latin1'), '400 Bad Request'],
  ['a broken percent sign', get('/b/%'), '404 Not Found'],
  ['the asterisk', 'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n', '204 No Content'],
  ['CONNECT', 'CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n', ''],
  ['TRACE', 'TRACE / HTTP/1.1\r\nHost: a\r\n\r\n', '404 Not Found'],
  ['a length that is no number', post('Content-Length: x'), '400 Bad Request'],
  ['a length below nothing', post('Content-Length: -1'), '400 Bad Request'],
  ['two lengths', post('Content-Length: 1\r\nContent-Length: 2', 'ab'), '400 Bad Request'],
  [
    'a length and chunks',
    post('Content-Length: 3\r\nTransfer-Encoding: chunked', '0\r\n\r\n'),
    '400 Bad Request',
  ],
  ['a length that is a lie', post('Content-Length: 99999999999', '{}'), '413 Payload Too Large'],
  ['a body that never comes', post('Content-Length: 10', '{'), ''],
  [
    'a chunk size that is none',
    post('Transfer-Encoding: chunked', 'zz\r\n{}\r\n0\r\n\r\n'),
    '400 Bad Request',
  ],
  [
    'a chunk longer than it says',
    post('Transfer-Encoding: chunked', '1\r\n{}}}}\r\n0\r\n\r\n'),
    '400 Bad Request',
  ],
  ['chunks that never end', post('Transfer-Encoding: chunked', '2\r\n{}\r\n'), ''],
  ['an encoding that is none', post('Transfer-Encoding: gzip', '{}'), '400 Bad Request'],
  [
    'an expectation that is none',
    post('Expect: tea\r\nContent-Length: 2', '{}'),
    '417 Expectation Failed',
  ],
  ['an upgrade', get('/', 'Connection: Upgrade\r\nUpgrade: websocket\r\n'), '200 OK'],
]

t.test(
  'whatever comes down the wire is refused in one line, and the next caller is served',
  async (t) => {
    const world = await makeWorld(t, undefined, { LOG_LEVEL: 'error' })
    const port = await listen(world, { host: '127.0.0.1', port: 0 })
    const before = await dump(world.tools.db)
    const answers = await Promise.all(garbage.map(([, bytes]) => exchange(port, bytes)))
    for (const [index, [what, , line]] of garbage.entries()) {
      const answer = answers[index] ?? ''
      t.equal(/^HTTP\/1\.1 (.*)\r\n/.exec(answer)?.[1] ?? '', line, what)
      t.notMatch(answer, /node_modules|\bat .*\.ts:|Error:/, `${what}: nothing of our inside`)
    }
    const pipelined = await exchange(port, get('/livez') + get('/b/%') + get('/livez'))
    t.same(pipelined.match(/HTTP\/1\.1 \d+/g), ['HTTP/1.1 200', 'HTTP/1.1 404', 'HTTP/1.1 200'])
    t.equal((await fetch(`http://127.0.0.1:${port}/livez`)).status, 200)
    t.same(await dump(world.tools.db), before)
    t.same(world.log, [], 'none of it is logged as our own mistake')
  },
)

t.test('no header can be split into two by what an address or a field says', async (t) => {
  const world = await makeWorld(t)
  const port = await listen(world, { host: '127.0.0.1', port: 0 })
  for (const path of [
    '/b/x%0d%0aSet-Cookie:%20a=b',
    '/%0d%0aSet-Cookie:%20a=b',
    '/v1/badges?after=%0d%0aSet-Cookie:a',
  ])
    t.notMatch(await exchange(port, get(path)), /\r\nset-cookie/i, path)
})
