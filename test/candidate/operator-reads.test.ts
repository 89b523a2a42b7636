import t from 'tap'
import { namedForms } from '../../src/domain/badge/badge-files.ts'
import { onEachDatabase } from '../help/databases.ts'
import { signedIn } from '../help/names.ts'
import { get, type Started, start } from '../help/start.ts'
import { arrive, candidate } from './arrive.ts'
import { named } from './named.ts'

onEachDatabase(
  t,
  'an operator’s look at files that name the holder issues nothing; once their owner asked, the operator sees them',
  async (t, database) => {
    const blazon = await start(t, { database })
    const { badge } = await arrive(blazon)
    const before = await rows(blazon)
    for (const form of namedForms)
      t.equal((await get(blazon, named(badge, form), blazon.auth)).statusCode, 404, form)
    t.same(await rows(blazon), before, 'every row is byte for byte as before')
    const owner = await signedIn(blazon, candidate.email.toLowerCase())
    const own = await owner.get(named(badge))
    t.match([own.status, own.body], [200, /王小明/])
    const seen = await get(blazon, named(badge), blazon.auth)
    t.same([seen.statusCode, seen.body], [200, own.body])
  },
)

/** Every row but those that say who looked, and on which day a key was used. */
async function rows({ tools }: Started) {
  const tables = await tools.db.introspection.getTables()
  const found = new Map<string, string[]>()
  for (const { name } of tables) {
    if (['audit', 'api_key'].includes(name)) continue
    const all = await tools.db
      .selectFrom(name as 'badge')
      .selectAll()
      .execute()
    found.set(name, all.map((row) => JSON.stringify(row)).sort())
  }
  return found
}
