import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { compactVerify } from 'jose'
import t from 'tap'
import { isSignedBy } from '../../src/verifying/jws.ts'

const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength })
const own = rsa(2048)
const other = rsa(2048)
const short = rsa(1024)
const jwkOf = ({ publicKey }: { publicKey: KeyObject }) => publicKey.export({ format: 'jwk' })
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const payload = { id: 'urn:uuid:1', type: 'Assertion' }

function jwsOf(header: object, { privateKey } = own) {
  const text = `${encoded(header)}.${encoded(payload)}`
  return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`
}

const right = jwsOf({ alg: 'RS256' })
const [head = '', body = '', tail = ''] = right.split('.')

/** The last letter of 342 that write 256 bytes has four bits that mean nothing: B means what A does. */
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const spelledOtherwise = right.slice(0, -1) + letters[letters.indexOf(right.at(-1) ?? '') + 1]

const forged: [string, string][] = [
  ['another payload', `${head}.${encoded({ ...payload, id: 'urn:uuid:2' })}.${tail}`],
  ['another header', `${encoded({ alg: 'RS256', typ: 'JWT' })}.${body}.${tail}`],
  ['no signature', `${head}.${body}.`],
  ['half a signature', `${head}.${body}.${tail.slice(0, 171)}`],
  ['a part too many', `${right}.`],
  ['another key', jwsOf({ alg: 'RS256' }, other)],
  ['another algorithm', jwsOf({ alg: 'RS512' })],
  ['none', jwsOf({ alg: 'none' })],
  ['no algorithm', jwsOf({ typ: 'JWT' })],
  ['a header that is no object', jwsOf(['RS256'])],
  ['an extension that nobody knows', jwsOf({ alg: 'RS256', crit: ['exp'], exp: 1 })],
]

t.test('a JWS of the key is signed by it, whatever harmless members its header has', async (t) => {
  for (const header of [{}, { kid: 'https://a.example/k', typ: 'JWT' }, { cty: 'json' }])
    t.equal(await isSignedBy(jwsOf({ alg: 'RS256', ...header }), jwkOf(own)), true)
})

t.test('no forged JWS is signed by the key', async (t) => {
  for (const [what, jws] of forged) t.equal(await isSignedBy(jws, jwkOf(own)), false, what)
  t.equal(await isSignedBy(jwsOf({ alg: 'RS256' }, short), jwkOf(short)), false, 'a short key')
  const { publicKey } = generateKeyPairSync('ed25519')
  t.equal(await isSignedBy(right, jwkOf({ publicKey })), false, 'a key of another kind')
})

t.test('each letter of a JWS counts, as the library has it', async (t) => {
  const changed = Array.from({ length: right.length }, (_, place) => {
    const letter = right[place] === 'A' ? 'Q' : 'A'
    return right.slice(0, place) + letter + right.slice(place + 1)
  })
  const unencoded = jwsOf({ alg: 'RS256', b64: false, crit: ['b64'] })
  for (const jws of [...changed, spelledOtherwise, unencoded, ...forged.map(([, each]) => each)]) {
    const library = await compactVerify(jws, own.publicKey, { algorithms: ['RS256'] }).then(
      () => true,
      () => false,
    )
    if ((await isSignedBy(jws, jwkOf(own))) !== library) t.fail(jws)
  }
  t.ok(changed.length > 300)
})
