import t from 'tap'
import { openSession } from '../../src/actions/holders/sign-in.ts'
import { onEachDatabase } from '../help/databases.ts'
import { asTxTools } from '../help/transaction.ts'
import { addressOf, ask, asking } from './compare.ts'
import { hiddenStates, makeWorld, malformed, type State, unknown, type World } from './states.ts'
import { allForms, type Form, forms } from './table.ts'
import { median, watchQueries } from './watch.ts'

type Asker = { headers: Record<string, string>; query: string }

/** Whoever may not see a hidden badge, with what they bring. */
async function askersOf({ tools }: World): Promise<Record<string, Asker>> {
  const agent = 'Firefox on Linux'
  const { secret } = await openSession(asTxTools(tools), { email: 'other@example.com', agent })
  const headers = {
    cookie: `__Host-blazon-session=${secret}`,
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0',
  }
  return {
    anonymous: { headers: {}, query: '' },
    'with a share link of nobody’s': { headers: {}, query: `?share=${'A'.repeat(22)}` },
    'another candidate, signed in': { headers, query: '' },
  }
}

await onEachDatabase(t, 'a hidden badge costs the same look-ups as none', async (t, database) => {
  const world = await makeWorld(t, database)
  const askers = Object.entries(await askersOf(world))
  const seen = watchQueries(world)
  for (const [who, { headers, query }] of askers) {
    const queries = async (form: Form, place: typeof unknown) => {
      seen.length = 0
      const url = asking(addressOf(form, place), query)
      await ask(world, url, { accept: form.accept, ...headers })
      return [...seen]
    }
    for (const form of allForms) {
      const none = await queries(form, unknown)
      t.ok(none.length > 0, `${form.form}, ${who}: ${none.join(', ')}`)
      for (const state of Object.keys(hiddenStates) as State[])
        t.same(await queries(form, world.places[state]), none, `${form.form}, ${state}, ${who}`)
      for (const [what, place] of Object.entries(malformed))
        t.same(await queries(form, place), none, `${form.form}, ${what}, ${who}`)
    }
  }
})

const rounds = 300

/**
 * The medians of many turns, taken one after the other so that whatever else the machine does falls on both alike. The bound
 * is a quarter of the time plus 0.3 ms: over a network, whose delays vary by milliseconds, telling that apart takes
 * thousands of requests to one address, while a look-up more or a picture drawn costs several times as much here.
 */
await onEachDatabase(
  t,
  'the time of an answer does not tell a private badge from none',
  async (t, database) => {
    const world = await makeWorld(t, database)
    const timed = ['page', 'picture.png', 'hosted assertion', 'card.png', 'embed', 'oEmbed']
    for (const [who, { headers, query }] of Object.entries(await askersOf(world)))
      for (const form of forms.filter((each) => timed.includes(each.form))) {
        const times = { none: [] as number[], hidden: [] as number[] }
        for (let round = -30; round < rounds; round += 1)
          for (const [kind, place] of [
            ['none', unknown],
            ['hidden', world.places.private],
          ] as const) {
            const url = asking(addressOf(form, place), query)
            const begun = performance.now()
            await world.app.inject({ url, headers: { accept: form.accept, ...headers } })
            if (round >= 0) times[kind].push(performance.now() - begun)
          }
        const none = median(times.none)
        const difference = Math.abs(median(times.hidden) - none)
        t.ok(
          difference < none / 4 + 0.3,
          `${form.form}, ${who}: ${difference.toFixed(3)} ms of ${none.toFixed(3)} ms`,
        )
      }
  },
)
