import { Webhook } from 'standardwebhooks'
import t from 'tap'
import { onEachDatabase } from '../help/databases.ts'
import { passEvent } from '../help/start.ts'
import { dump, makeWorld } from './world.ts'

const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`
const older = `whsec_${Buffer.alloc(24, 8).toString('base64')}`
const stranger = `whsec_${Buffer.alloc(24, 9).toString('base64')}`
const body = JSON.stringify(passEvent())
const minute = 60_000

/** The three headers of Standard Webhooks 1.0, signed `ago` milliseconds ago. */
function signed(by: string, { ago = 0, over = body, id = 'msg_1' } = {}): Record<string, string> {
  const at = new Date(Date.now() - ago)
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(by).sign(id, at, over),
  }
}

function without(name: string) {
  const { [name]: _, ...headers } = signed(secret)
  return headers
}

const right = signed(secret)
const refused: Record<string, Record<string, string>> = {
  'a stranger’s secret': signed(stranger),
  'another body': signed(secret, { over: `${body} ` }),
  'a signature of six minutes ago': signed(secret, { ago: 6 * minute }),
  'a signature six minutes ahead': signed(secret, { ago: -6 * minute }),
  'another id than was signed': { ...right, 'webhook-id': 'msg_2' },
  'another time than was signed': { ...right, 'webhook-timestamp': '1' },
  'no id': without('webhook-id'),
  'no time': without('webhook-timestamp'),
  'a time that is none': { ...right, 'webhook-timestamp': 'now' },
  'a time of 400 digits': { ...right, 'webhook-timestamp': '1'.repeat(400) },
  'an empty signature': { ...right, 'webhook-signature': '' },
  'a signature of another version': {
    ...right,
    'webhook-signature': (right['webhook-signature'] ?? '').replace('v1,', 'v1a,'),
  },
  'a signature cut short': {
    ...right,
    'webhook-signature': (right['webhook-signature'] ?? '').slice(0, -4),
  },
  'a signature that is no base64': { ...right, 'webhook-signature': 'v1,????' },
}

const sentence =
  'The webhook signature is not right: sign the raw body with a secret of WEBHOOK_SECRETS, and send it within five minutes.'

await onEachDatabase(t, 'a message with a wrong signature is refused', async (t, database) => {
  const world = await makeWorld(t, database, { WEBHOOK_SECRETS: `${secret},${older}` })
  const send = (headers: Record<string, string>) =>
    world.app.inject({ method: 'POST', url: '/v1/exam-results', headers, payload: body })
  const before = await dump(world.tools.db)
  for (const [what, headers] of Object.entries(refused)) {
    const answer = await send(headers)
    t.same([answer.statusCode, answer.json().detail], [401, sentence], what)
    t.equal(answer.headers['www-authenticate'], 'Bearer realm="Blazon"')
    t.same(await dump(world.tools.db), before, `${what}: the database is as it was`)
  }
  const both = await send({ ...world.auth, ...signed(stranger) })
  t.equal(both.statusCode, 401, 'a right key does not make up for a wrong signature')
  t.equal((await send(signed(older, { ago: 4 * minute }))).statusCode, 201, 'an older secret')
  t.equal((await send(signed(secret, { id: 'msg_2' }))).statusCode, 200, 'the same again')
})

t.test('without secrets no signature is right', async (t) => {
  const world = await makeWorld(t)
  const answer = await world.app.inject({
    method: 'POST',
    url: '/v1/exam-results',
    headers: signed(secret),
    payload: body,
  })
  t.equal(answer.statusCode, 401)
})
