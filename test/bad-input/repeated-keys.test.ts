import t from 'tap'
import { inspectJson, mostRepeated } from '../../schemas/inspect-json.ts'

const key = 'k'.repeat(95)

function nested(levels: number): string {
  const twice = Array.from({ length: mostRepeated }, (_, at) => `"${at}":1,"${at}":1`).join()
  return `${`{"${key}":`.repeat(levels)}{${twice}}${'}'.repeat(levels)}`
}

t.test('places of keys that come twice take no more room than people read', async (t) => {
  for (const levels of [19, 20, 5000]) {
    const { repeated } = inspectJson(nested(levels))
    t.equal(repeated.length, mostRepeated)
    t.ok(repeated.join().length < 300_000, `${levels} levels: ${repeated.join().length}`)
    t.ok(repeated[7]?.startsWith(`/${key}/${key}/`))
    t.ok(repeated[7]?.endsWith('/7'))
  }
})
