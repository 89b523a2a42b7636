import t from 'tap'
import { notCovered } from './not-covered.ts'
import { citations, citedIn, requirements } from './requirements.ts'

const all = requirements()
const cited = citations()

t.test('the checklist is there, and no number is in it twice', async (t) => {
  t.ok(all.length > 130, `${all.length} requirements`)
  t.equal(new Set(all).size, all.length)
})

t.test('every requirement has a test, or a reason for having none, and not both', async (t) => {
  t.same(
    all.filter((number) => !cited.has(number) && !(number in notCovered)),
    [],
    'neither',
  )
  t.same(
    all.filter((number) => cited.has(number) && number in notCovered),
    [],
    'both',
  )
})

t.test('no title and no reason is for a number that the checklist does not have', async (t) => {
  t.same(
    [...cited].filter(([number]) => !all.includes(number)),
    [],
  )
  t.same(
    Object.keys(notCovered).filter((number) => !all.includes(number)),
    [],
  )
})

t.test('a title is found wherever tests have one', async (t) => {
  // Put together here, so that this file cites nothing itself.
  const number = [1, 2].join('.')
  t.same(citedIn(`t.test('${number} 3.4 a claim', run)`), ['1.2', '3.4'])
  t.same(citedIn(`t.test(\n  \`${number} \${name}\`,`), ['1.2'])
  t.same(citedIn(`onEachDatabase(t, "${number} a claim", run)`), ['1.2'])
  t.same(citedIn(`  '${number} a case': {`), ['1.2'])
  t.same(citedIn(`t.equal(text, '${number} seconds')`), [])
  t.same(citedIn(`t.test('a claim of ${number} kinds')`), [])
})
