import t, { type Test } from 'tap'
import { start } from '../help/start.ts'

const secret = (letter: string) => `whsec_${letter.repeat(32)}`

t.test(
  'while 10 MB that nobody signed are held against each webhook secret, others have their turn again and again',
  async (t) => {
    const settings = { WEBHOOK_SECRETS: ['A', 'B', 'C'].map(secret).join(',') }
    const { app } = await start(t as Test, { settings })
    const ask = async (size: number) => {
      let turns = 0
      let over = false
      const count = () => {
        turns += 1
        if (!over) setImmediate(count)
      }
      setImmediate(count)
      const answer = await app.inject({
        method: 'POST',
        url: '/v1/exam-results',
        payload: Buffer.alloc(size, 'a'),
        headers: {
          'content-type': 'text/csv',
          'webhook-id': 'm',
          'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
          'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}`,
        },
      })
      over = true
      t.equal(answer.statusCode, 401)
      return turns
    }
    const small = await ask(10)
    const large = await ask(10 * 1024 * 1024)
    t.ok(large - small >= 20, `${large} turns of the event loop against ${small}`)
  },
)

t.test('an address that takes JSON, or none at all, reads no megabyte of it', async (t) => {
  const { app, auth } = await start(t as Test)
  const body = { payload: '['.repeat(100_000), headers: { 'content-type': 'application/json' } }
  const nowhere = await app.inject({ method: 'POST', url: '/nowhere', ...body })
  t.equal(nowhere.statusCode, 413)
  const suspend = await app.inject({
    method: 'POST',
    url: '/v1/badges/00000000-0000-4000-8000-000000000000/suspend',
    ...body,
    headers: { ...body.headers, ...auth },
  })
  t.equal(suspend.statusCode, 413)
})
