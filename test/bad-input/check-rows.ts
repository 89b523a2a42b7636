import type { LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import { type Database, onEachDatabase } from '../help/databases.ts'
import type { Row, Says } from './row.ts'
import { dump, makeWorld } from './world.ts'

/** Sends every row to a Blazon on each database: the exact answer comes back, and nothing is changed. */
export async function checkRows(t: Test, title: string, rows: Row[], settings = {}) {
  await onEachDatabase(t, title, async (t, database: Database) => {
    const world = await makeWorld(t, database, settings)
    const before = await dump(world.tools.db)
    for (const row of rows) {
      const answer = await world.send(row)
      t.same([answer.statusCode, ...said(answer)], row.says, row.what)
      checkShape(t, answer, row.what)
      t.same(await dump(world.tools.db), before, `${row.what}: the database is as it was`)
    }
    t.same(
      world.log.filter((line) => JSON.parse(line).level >= 50),
      [],
      'nothing was logged as our own mistake',
    )
  })
}

type Problem = { detail: string; errors?: { path: string; message: string }[] }
type Verdict = { verdict: string; checks: { name: string; result: string; reason: string }[] }

function said(answer: LightMyRequestResponse): [string, Says[2]?] {
  if (String(answer.headers['content-type']).startsWith('text/html'))
    return [/<p(?: class="lead")?>(.*)<\/p>/.exec(answer.body)?.[1] ?? answer.body]
  const body = answer.json() as Problem & Verdict
  if (body.verdict) {
    const open = body.checks.filter(({ result }) => result !== 'pass')
    return [body.verdict, Object.fromEntries(open.map(({ name, reason }) => [name, reason]))]
  }
  if (!body.errors) return [body.detail]
  return [body.detail, Object.fromEntries(body.errors.map(({ path, message }) => [path, message]))]
}

/** What a Problem without a code answers in its place. */
const kinds = [
  'invalid',
  'malformed',
  'unauthenticated',
  'forbidden',
  'not-found',
  'conflict',
  'too-large',
  'unsupported-type',
  'too-many',
  'unavailable',
  'not-offered',
]
const codePattern = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** RFC 9457: the media type, the status in the body, a title, codes, and nothing beyond the agreed members. */
function checkShape(t: Test, answer: LightMyRequestResponse, what: string) {
  const { statusCode, headers } = answer
  t.equal(headers['cache-control'], 'no-store', `${what}: nobody keeps it`)
  t.equal(headers['x-content-type-options'], 'nosniff', `${what}: with the headers of every answer`)
  if (statusCode === 401)
    t.equal(headers['www-authenticate'], 'Bearer realm="Blazon"', `${what}: says how to knock`)
  if (statusCode < 400 || String(headers['content-type']).startsWith('text/html')) return
  t.equal(headers['content-type'], 'application/problem+json; charset=utf-8', what)
  const { type, title, status, detail, code, errors, ...rest } = answer.json()
  t.same(
    [type, typeof title, status, typeof detail],
    ['about:blank', 'string', statusCode, 'string'],
  )
  t.same(rest, {}, what)
  t.match(code, codePattern, `${what}: a code for programs`)
  t.notOk(kinds.includes(code), `${what}: ${code} is a kind, and no code of its own`)
  if (errors === undefined) return
  t.ok(errors.length > 0, what)
  for (const { path, code } of errors)
    t.match(code, codePattern, `${what}: a code for programs, at ${path}`)
}
