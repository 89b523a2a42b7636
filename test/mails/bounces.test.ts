import t, { type Test } from 'tap'
import { onEachDatabase, sqliteDatabase } from '../help/databases.ts'
import { mailsOf, runMails, startWithMail } from '../help/mails.ts'
import { change, clockAt, issue, type Started } from '../help/start.ts'
import { notifications } from './notifications.ts'

async function report({ app, auth }: Started, payload: string | object, type = 'message/rfc822') {
  const answer = await app.inject({
    method: 'POST',
    url: '/v1/mails/bounces',
    headers: { ...auth, 'content-type': type },
    payload,
  })
  return { status: answer.statusCode, body: answer.json() as Record<string, unknown> }
}

async function again({ app, auth }: Started, id: string, payload: object) {
  const url = `/v1/badges/${id}/mails`
  const answer = await app.inject({ method: 'POST', url, headers: auth, payload })
  return { status: answer.statusCode, body: answer.json() as Record<string, unknown> }
}

onEachDatabase(
  t,
  'a notification of any mail server marks its mail as bounced, or notes that it is late',
  async (t, database) => {
    const clock = clockAt('2026-11-22T04:00:00.000Z')
    const world = await startWithMail(t, database, { clock })
    for (const [server, { write, status, outcome }] of Object.entries(notifications)) {
      const badge = await issue(world, {
        visibility: 'private',
        resultId: server,
        candidate: { id: server, fullName: 'A', email: 'gone@example.com' },
      })
      await runMails(world)
      const id = world.inbox.mails.at(-1)?.mail.messageId ?? ''
      clock.set('2026-11-22T04:05:00.000Z')
      const { body } = await report(world, write(id))
      t.same(body, { outcome }, server)
      const [mail] = await mailsOf(world, badge.id)
      t.match(mail, {
        state: outcome === 'bounced' ? 'bounced' : 'sent',
        bouncedAt: outcome === 'bounced' ? clock.now() : null,
        answer: outcome === 'delivered' ? '250 OK: message queued' : `Status ${status}.`,
      })
      t.notMatch(mail?.answer, 'gone@', `${server}: no address is quoted`)
    }
  },
)

onEachDatabase(
  t,
  'JSON does as well; a mail that came back stays so; what we did not send is 404, and nothing more',
  async (t, database) => {
    const world = await startWithMail(t, database)
    const badge = await issue(world)
    await runMails(world)
    const messageId = world.inbox.mails[0]?.mail.messageId ?? ''
    const json = 'application/json'
    const bare = messageId.slice(1, -1)
    t.match(await report(world, { messageId: bare, status: '4.4.1' }, json), {
      status: 200,
      body: { outcome: 'delayed' },
    })
    t.match(await mailsOf(world, badge.id), [{ state: 'sent', answer: 'Status 4.4.1.' }])
    await report(world, { messageId, status: '5.1.1' }, json)
    t.match(await report(world, { messageId, status: '2.0.0' }, json), { status: 200 })
    t.match(await mailsOf(world, badge.id), [{ state: 'bounced', answer: 'Status 5.1.1.' }])
    const stranger = { messageId: '<somebody@else.example>', status: '5.1.1' }
    const none = await report(world, stranger, json)
    t.match(none, {
      status: 404,
      body: { detail: 'No mail of this Blazon has the Message-ID.' },
    })
    const { write } = notifications.postfix as NonNullable<typeof notifications.postfix>
    t.same(await report(world, write('<somebody@else.example>')), none)
    const history = await world.app.inject({
      url: `/v1/badges/${badge.id}/history`,
      headers: world.auth,
    })
    t.match(history.json().history.slice(-2), [
      { action: 'mail.delayed', details: { kind: 'earned', status: '4.4.1' } },
      { action: 'mail.bounced', details: { kind: 'earned', status: '5.1.1' } },
    ])
  },
)

t.test('what is no notification is refused in words', async (t) => {
  const world = await startWithMail(t as Test, await sqliteDatabase(t as Test))
  const cases: [string | object, string, number, RegExp][] = [
    ['Subject: I am on holiday\r\n\r\nBack on Monday.', 'message/rfc822', 400, /RFC 3464/],
    ['', 'message/rfc822', 400, /RFC 3464/],
    ['\0\xff'.repeat(5000), 'message/rfc822', 400, /RFC 3464/],
    [{ messageId: '<a@b>' }, 'application/json', 422, /mistake/],
    [{ messageId: 'a b', status: '9.9.9', more: 1 }, 'application/json', 422, /mistake/],
    ['a=b', 'application/x-www-form-urlencoded', 415, /type/],
  ]
  for (const [body, type, status, words] of cases) {
    const answer = await report(world, body, type)
    t.equal(answer.status, status)
    t.match(answer.body.detail, words)
  }
})

onEachDatabase(
  t,
  'an operator sends a mail once more, to the address of now, with another link; and sees every mail',
  async (t, database) => {
    const world = await startWithMail(t, database)
    const badge = await issue(world, { visibility: 'private' })
    await runMails(world)
    for (const _ of [1, 2]) t.equal((await again(world, badge.id, { kind: 'earned' })).status, 202)
    t.equal(await runMails(world), 2)
    t.equal(new Set(world.inbox.mails.map(({ mail }) => mail.messageId)).size, 3)
    t.equal((await mailsOf(world, badge.id)).length, 3)
    const wrong = await again(world, badge.id, { kind: 'sign-in' })
    t.match(wrong, {
      status: 422,
      body: { errors: [{ path: '/kind', message: /earned, claim-3/ }] },
    })
    t.match(await again(world, badge.id, { kind: 'revoked' }), {
      status: 409,
      body: { detail: 'The mail revoked cannot be sent now. The badge is not revoked.' },
    })
    await change(world, badge.id, 'revoke', { class: 'withdrawn' })
    t.match(await again(world, badge.id, { kind: 'earned' }), { status: 409 })
    for (let n = 0; n < 20; n += 1)
      t.equal((await again(world, badge.id, { kind: 'revoked' })).status, 202)
    t.match(await again(world, badge.id, { kind: 'revoked' }), {
      status: 409,
      body: { detail: /sent again 20 times/ },
    })
    const nobody = '00000000-0000-4000-8000-000000000000'
    t.equal((await again(world, nobody, { kind: 'earned' })).status, 404)
    const audit = await world.tools.db
      .selectFrom('audit')
      .select('action')
      .where('subject', '=', badge.id)
      .execute()
    t.equal(audit.filter(({ action }) => action === 'badge.mail-again').length, 22)
    t.ok(
      audit.some(({ action }) => action === 'badge.read'),
      'looking is on the audit log, too',
    )
  },
)
