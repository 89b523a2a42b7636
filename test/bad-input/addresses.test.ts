import t from 'tap'
import { get } from '../help/start.ts'
import { checkRows } from './check-rows.ts'
import { rows } from './corpus/addresses.ts'
import { noAssertion, notConfirmed } from './row.ts'
import { makeWorld } from './world.ts'

await checkRows(t, 'an address that leads nowhere says so, whatever is in it', rows)

t.test(
  'a garbled address of a badge is answered, header for header, as an unknown one',
  async (t) => {
    const world = await makeWorld(t)
    for (const row of rows.filter(({ says }) => says === notConfirmed || says === noAssertion)) {
      const unknown = await get(world, unknownLike(row.url ?? ''), row.headers)
      const answer = await world.send(row)
      t.equal(answer.body, unknown.body, row.what)
      const { date: _, ...headers } = answer.headers
      const { date: __, ...expected } = unknown.headers
      t.same(headers, expected, row.what)
    }
  },
)

/** The address of no badge that one like this is to be told from by nobody; what cannot be read at all is not even a frame's. */
function unknownLike(url: string): string {
  const unknown = 'AAAAAAAAAAAAAAAAAAAAAA'
  if (url.startsWith('/embed/') && !url.includes('%ZZ')) return `/embed/${unknown}`
  if (url.startsWith('/ob2/')) return '/ob2/assertions/00000000-0000-4000-8000-000000000000'
  return `/b/${unknown}${url.endsWith('.json') ? '.json' : ''}`
}
