import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { sqliteDatabase } from '../help/databases.ts'
import { environment } from '../help/environment.ts'
import { issue, settingsOf, start } from '../help/start.ts'

/** What few requests need, or none that come first. */
const late = [
  'pg',
  'sharp',
  'fontkit',
  'harfbuzzjs',
  'wawoff2',
  'pdfkit',
  'node-forge',
  'jsonld',
  'jose',
  'nodemailer',
  'prom-client',
  'fflate',
  'csv-stringify',
  'typebox',
  'yaml',
  '@fastify/swagger',
]

/** The package of a module; the last one, where packages are nested. Undefined for Blazon's own. */
function packageOf(url: string) {
  return url
    .split('/node_modules/')
    .at(-1)
    ?.match(/^(@[^/]+\/)?[^/:]+(?=\/)/)?.[0]
}

t.test('the first answers load no library that they do not need', async (t) => {
  const database = await sqliteDatabase(t)
  const started = await start(t, { database })
  const badge = await issue(started)
  await started.close()
  const addresses = [badge.links.page, badge.links.assertion, badge.links.credential]
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      join(import.meta.dirname, '../help/first-answer.ts'),
      ...addresses.map((address) => new URL(address).pathname),
    ],
    { env: { ...environment, ...settingsOf(database.url), LOG_LEVEL: 'error' } },
  )
  const { statuses, loaded } = JSON.parse(stdout) as { statuses: number[]; loaded: string[] }
  t.same(statuses, [200, 200, 200])
  const packages = new Set(loaded.map(packageOf))
  t.same(
    late.filter((name) => packages.has(name)),
    [],
  )
  t.notOk(
    loaded.some((url) => url.includes('/storage/migrations/00')),
    'no migration',
  )
  t.ok(loaded.length < 1200, `${loaded.length} modules`)
})
