import t, { type Test } from 'tap'
import { type Started, start } from '../help/start.ts'

const ask = async ({ app }: Started, peer: string, from?: string) => {
  const answer = await app.inject({
    method: 'POST',
    url: '/v1/verify',
    payload: { url: 'https://other.example/b/x' },
    remoteAddress: peer,
    headers: from === undefined ? {} : { 'x-forwarded-for': from },
  })
  return answer.statusCode
}

/** How many distinct callers 121 requests of as many forwarded addresses are taken for: one too many, or all of them. */
async function areTold(blazon: Started, peer: string) {
  for (let count = 0; count < 120; count += 1)
    if ((await ask(blazon, peer, `192.0.2.${count}`)) !== 200) return false
  return (await ask(blazon, peer, '192.0.2.120')) === 200
}

t.test(
  'callers are told apart behind the proxies that the setting names, and no others',
  async (t) => {
    const cases: [string, Record<string, boolean>][] = [
      ['private', { '10.0.0.2': true, '::ffff:10.0.0.3': true, '198.51.100.9': false }],
      ['none', { '10.0.0.2': false, '127.0.0.1': false }],
      ['198.51.100.0/24', { '198.51.100.9': true, '10.0.0.2': false, '198.51.101.9': false }],
      [
        'private,2001:db8:1::/48',
        { '2001:db8:1::7': true, '10.0.0.2': true, '2001:db8:2::7': false },
      ],
    ]
    for (const [setting, peers] of cases) {
      const blazon = await start(t as Test, { settings: { TRUSTED_PROXIES: setting } })
      for (const [peer, expected] of Object.entries(peers))
        t.equal(await areTold(blazon, peer), expected, `${setting}: ${peer}`)
    }
  },
)

t.test('behind two proxies the caller is the first address that is no proxy', async (t) => {
  const blazon = await start(t as Test, {
    settings: { TRUSTED_PROXIES: 'private,198.51.100.0/24' },
  })
  // What the caller wrote stands first, and is believed of nobody.
  for (let count = 0; count < 120; count += 1)
    t.equal(await ask(blazon, '10.0.0.2', `192.0.2.${count}, 203.0.113.7, 198.51.100.9`), 200)
  t.equal(await ask(blazon, '10.0.0.2', '192.0.2.130, 203.0.113.7, 198.51.100.9'), 429)
  t.equal(await ask(blazon, '10.0.0.2', '192.0.2.130, 203.0.113.8, 198.51.100.9'), 200)
})

t.test(
  'the log says once that a forwarded header came from an untrusted address, and no person’s address',
  async (t) => {
    const blazon = await start(t as Test)
    const lines = () => blazon.log.filter((line) => line.includes('TRUSTED_PROXIES'))
    await ask(blazon, '10.0.0.2', '203.0.113.7')
    await ask(blazon, '198.51.100.9')
    t.same(lines(), [], 'neither from a proxy, nor without the header')
    await ask(blazon, '198.51.100.9', '203.0.113.7')
    await ask(blazon, '198.51.100.9', '203.0.113.8')
    await ask(blazon, '198.51.107.9', '203.0.113.9')
    t.equal(lines().length, 1)
    t.match(JSON.parse(lines()[0] ?? ''), { level: 40, network: '198.51.100.0/24' })
    t.notMatch(blazon.log.join(''), /203\.0\.113\.|198\.51\.100\.9/)
  },
)
