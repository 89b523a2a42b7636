import t from 'tap'
import { onEachDatabase } from '../help/databases.ts'
import { load } from '../help/load-dump.ts'
import { start } from '../help/start.ts'

const written = ['sean@bücher.example', 'jose@cafe\u0301.example']
const kept = ['sean@xn--bcher-kva.example', 'c0@example.org', 'ab'.repeat(32)]

onEachDatabase(
  t,
  'what addresses were locked under before stays nowhere after the upgrade, so that an erasure leaves none',
  async (t, database) => {
    const rows = [...written, ...kept].map((mark) => `insert into sighting values ('${mark}');`)
    await load(database, '0014-api-keys', rows.join('\n'))
    const { tools } = await start(t, { database })
    const marks = (await tools.db.selectFrom('sighting').select('mark').execute()).map(
      ({ mark }) => mark,
    )
    t.same(
      written.filter((mark) => marks.includes(mark)),
      [],
    )
    t.same(
      kept.filter((mark) => marks.includes(mark)),
      kept,
    )
  },
)
