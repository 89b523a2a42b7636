import { readFileSync } from 'node:fs'
import t, { type Test } from 'tap'
import type { Programme } from '../../schemas/programme.ts'
import { type Database, onEachDatabase } from '../help/databases.ts'
import { changedProgramme } from '../help/programme.ts'
import { clockAt, get, start } from '../help/start.ts'

type Edit = (programme: Programme) => void

const otherPolicy: Edit = (it) => {
  it.privacy = { policy: 'https://northwind.example/privacy-2' }
}
const otherParty: Edit = (it) => {
  otherPolicy(it)
  it.thirdParties.push({ entity: 'Tailspin Hosting', purpose: 'Runs the servers.' })
}
const otherWords: Edit = (it) => {
  otherParty(it)
  it.issuer.description = 'Another description.'
}

/** Starts with a file on a day, and answers what the privacy page says of it. */
async function updatedOn(t: Test, database: Database, instant: string, edit: Edit) {
  const blazon = await start(t, {
    database,
    clock: clockAt(instant),
    keepOpen: true,
    settings: { PROGRAMME_FILE: changedProgramme(t, edit) },
  })
  const { body } = await get(blazon, '/privacy')
  await blazon.close()
  return /Last updated: <time datetime="([^"]*)">([^<]*)</.exec(body)?.slice(1)
}

onEachDatabase(
  t,
  'the privacy page was last updated when its third parties or links last changed, in the programme’s zone',
  async (t, database) => {
    const on = (instant: string, edit: Edit) => updatedOn(t, database, instant, edit)
    const first = ['2026-01-10', '10 January 2026']
    const second = ['2026-02-10', '10 February 2026']
    const third = ['2026-03-11', '11 March 2026']
    t.same(await on('2026-01-10T12:00:00.000Z', () => {}), first)
    t.same(await on('2026-01-20T12:00:00.000Z', () => {}), first, 'started again')
    t.same(await on('2026-02-10T12:00:00.000Z', otherPolicy), second, 'another policy')
    t.same(await on('2026-03-10T20:00:00.000Z', otherParty), third, 'another third party')
    t.same(await on('2026-04-10T12:00:00.000Z', otherWords), third, 'something else changed')
    t.same(await on('2026-05-10T12:00:00.000Z', otherParty), third, 'and changed back')
    const [back = ''] = (await on('2026-06-10T12:00:00.000Z', otherPolicy)) ?? []
    t.ok(back >= '2026-03-11', 'an older policy that comes back is not as old as it once was')
  },
)

t.test('the notices may be kept for five minutes, and are not sent twice', async (t) => {
  const blazon = await start(t as Test)
  for (const path of ['/privacy', '/help']) {
    const { headers, statusCode } = await get(blazon, path)
    t.equal(statusCode, 200)
    t.equal(headers['cache-control'], 'public, max-age=300')
    t.match(headers['content-security-policy'], "default-src 'none'")
    const again = await get(blazon, path, { 'if-none-match': String(headers.etag) })
    t.equal(again.statusCode, 304, path)
    t.equal(again.body, '')
  }
})

t.test(
  'a programme file is kept as it is written, so that files without notices stay what they were',
  async (t) => {
    const file = changedProgramme(t as Test, (it) => {
      delete it.privacy
      delete it.help
    })
    const { tools } = await start(t as Test, { settings: { PROGRAMME_FILE: file } })
    const { document } = await tools.db
      .selectFrom('programme_version')
      .select('document')
      .executeTakeFirstOrThrow()
    const kept = JSON.stringify(JSON.parse(document).programme)
    t.equal(kept, JSON.stringify(JSON.parse(readFileSync(file, 'utf8'))))
  },
)
