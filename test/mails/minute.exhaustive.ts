import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { createApiKey } from '../../src/actions/operating/create-api-key.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { onEachDatabase } from '../help/databases.ts'
import { freePort } from '../help/free-port.ts'
import { kill, startServer } from '../help/server.ts'
import { inbox } from '../help/smtp.ts'
import { passEvent, publicUrl } from '../help/start.ts'

const minute = 60_000
const many = 30

onEachDatabase(
  t,
  'from a released result to the mail at the SMTP server it is under a minute, for one and for many at once, also when Blazon is killed in between',
  async (t, { url, name }) => {
    const server = await inbox(t)
    const db = await openDatabase(url)
    t.teardown(() => db.destroy())
    const key = await createApiKey(
      { db, random: (bytes) => randomBytes(bytes), now: () => new Date().toISOString() },
      { name: 'exam platform', scopes: ['results:write'] },
    )
    const settings = { SMTP_URL: server.url, PUBLIC_URL: publicUrl }
    let blazon = await startServer(url, await freePort(), settings)
    t.teardown(() => kill(blazon))
    const send = async (id: string, changes: object) => {
      const candidate = { ...passEvent().candidate, id, email: `${id}@example.com` }
      const day = '2026-11-20T09:00:00+08:00'
      const times = { startedAt: day, endedAt: day }
      const answer = await fetch(`${blazon.origin}/v1/exam-results`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(passEvent({ resultId: id, candidate, ...times, ...changes })),
      })
      return answer.status
    }
    const arrived = async (count: number) => {
      const begun = performance.now()
      while (server.mails.length < count && performance.now() - begun < 2 * minute) await sleep(20)
      return performance.now() - begun
    }
    const measure = async (what: string, count: number) => {
      const took = await arrived(count)
      t.comment(`${name}, ${what}: ${Math.round(took)} ms`)
      t.ok(took < minute, what)
      const to = server.mails.map((mail) => mail.to[0])
      t.equal(new Set(to).size, to.length, 'and nobody got it twice')
    }

    t.equal(await send('one', { released: false }), 202)
    const mails = await db.selectFrom('job').select('key').where('kind', '=', 'mail').execute()
    t.same(mails, [], 'a held result is mailed to nobody')
    await sleep(900)
    t.equal(server.mails.length, 0)
    t.equal(await send('one', { revision: 2, released: true }), 201)
    await measure('one released result', 1)

    const ids = Array.from({ length: many }, (_, number) => `many-${number}`)
    await Promise.all(ids.map((id) => send(id, {})))
    await measure(`the last of ${many} at once`, 1 + many)

    t.equal(await send('killed', {}), 201)
    await kill(blazon)
    // Should it have died in the middle of this very mail, nobody waits here for its claim to run out.
    const past = '2000-01-01T00:00:00.000Z'
    await db
      .updateTable('job')
      .set({ claimed_until: past })
      .where('state', '=', 'running')
      .execute()
    blazon = await startServer(url, await freePort(), settings)
    await measure('killed after the answer', 2 + many)
    t.equal(blazon.output().includes('@example.com'), false, 'the log names nobody')
  },
)
