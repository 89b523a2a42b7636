import { randomBytes } from 'node:crypto'
import t from 'tap'
import type { IntakeAnswer } from '../../schemas/badge.ts'
import type { ReportRow } from '../../schemas/import-report.ts'
import { createApiKey } from '../../src/actions/operating/create-api-key.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { onEachDatabase } from '../help/databases.ts'
import { freePort } from '../help/free-port.ts'
import { kill, startServer } from '../help/server.ts'
import { passEvent, publicUrl } from '../help/start.ts'
import { streamRows } from '../help/stream-rows.ts'

const many = 24

function message(number: number) {
  return passEvent({
    resultId: `K-${number}`,
    startedAt: '2026-11-20T09:00:00+08:00',
    endedAt: '2026-11-20T10:00:00+08:00',
    candidate: { ...passEvent().candidate, id: `K-${number}` },
  })
}

async function send(origin: string, key: string, number: number) {
  const answer = await fetch(`${origin}/v1/exam-results`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(message(number)),
  })
  return { status: answer.status, body: (await answer.json()) as IntakeAnswer }
}

async function keyOf(db: Awaited<ReturnType<typeof openDatabase>>) {
  return createApiKey(
    { db, random: (bytes) => randomBytes(bytes), now: () => new Date().toISOString() },
    { name: 'kill', scopes: ['results:write'] },
  )
}

onEachDatabase(
  t,
  'a server that is killed again and again under load loses no acknowledged badge and mints none twice',
  async (t, { url }) => {
    const db = await openDatabase(url)
    t.teardown(() => db.destroy())
    const key = await keyOf(db)
    const acknowledged = new Map<number, string>()
    for (const killAfter of [1, 3, 7, 12]) {
      const server = await startServer(url, await freePort(), { PUBLIC_URL: publicUrl })
      let answered = 0
      await Promise.all(
        Array.from({ length: many }, async (_, number) => {
          try {
            const { body } = await send(server.origin, key, number)
            if (body.badge) acknowledged.set(number, body.badge.id)
            answered += 1
            if (answered === killAfter) await kill(server)
          } catch {
            // The connection died with the server; the exam system sends again later.
          }
        }),
      )
      await kill(server)
    }
    const last = await startServer(url, await freePort(), { PUBLIC_URL: publicUrl })
    t.teardown(() => kill(last))
    for (let number = 0; number < many; number += 1) {
      const { body } = await send(last.origin, key, number)
      t.equal(body.result.state, 'issued')
      const before = acknowledged.get(number)
      if (before) t.equal(body.badge?.id, before, 'the badge that was acknowledged is the badge')
    }
    t.ok(acknowledged.size > 0, `${acknowledged.size} were acknowledged before the end`)
    const rows = await db.selectFrom('badge').select(['result_id', 'issued_at']).execute()
    t.equal(rows.length, many)
    t.equal(new Set(rows.map((row) => row.result_id)).size, many)
    t.ok(rows.every((row) => row.issued_at !== null))
  },
)

onEachDatabase(
  t,
  'rows that are sent again to a server that was killed are taken up where they were',
  async (t, { url }) => {
    const db = await openDatabase(url)
    t.teardown(() => db.destroy())
    const auth = { authorization: `Bearer ${await keyOf(db)}` }
    const rows = Array.from({ length: 400 }, (_, number) => `${JSON.stringify(message(number))}\n`)
    const answered = new Set<string | undefined>()
    for (const killAfter of [1, 50, 150, rows.length]) {
      const server = await startServer(url, await freePort(), { PUBLIC_URL: publicUrl })
      const stream = streamRows({ origin: server.origin, auth })
      stream.write(rows.join(''))
      for (let row = 1; row <= killAfter; row += 1) {
        const { resultId, outcome } = JSON.parse((await stream.line()) ?? '') as ReportRow
        t.equal(resultId, `K-${row - 1}`)
        const isKnown = answered.has(resultId)
        if (isKnown ? outcome !== 'replayed' : !['accepted', 'replayed'].includes(outcome))
          t.fail(`row ${row}, answered before: ${isKnown}, is ${outcome}`)
        answered.add(resultId)
      }
      if (killAfter === rows.length) t.same(await stream.end(), [])
      await kill(server)
    }
    const badges = await db.selectFrom('badge').select(['result_id', 'issued_at']).execute()
    t.equal(badges.length, rows.length)
    t.equal(new Set(badges.map(({ result_id }) => result_id)).size, rows.length)
    t.ok(badges.every(({ issued_at }) => issued_at !== null))
  },
)
