import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { MappedField } from '../../schemas/mapping.ts'
import { mapRecord } from '../../src/adapters/map.ts'
import { mappingMistakes } from '../../src/adapters/mapping.ts'
import { adaptersExample } from '../help/start.ts'

const read = (name: string) => readFileSync(join(adaptersExample, name), 'utf8')
const mapping = JSON.parse(read('psi.json'))
const sample = JSON.parse(read('samples/psi-result.json'))

const words = { pass: 'passed', fail: 'failed' }
const both = { p: 'failed', P: 'passed' }
const two = { pass: 'failed', Pass: 'passed' }
const refused = undefined
const table: [what: string, field: MappedField, word: string, outcome: string | undefined][] = [
  ['as it is written', { values: words }, 'pass', 'passed'],
  ['in upper case', { values: words }, 'PASS', 'passed'],
  ['in mixed case, with spaces around it', { values: words }, ' Fail\u00a0', 'failed'],
  [
    'with another kind of space',
    { values: { 'not passed': 'failed' } },
    'NOT\u00a0passed',
    'failed',
  ],
  ['that the table lacks', { values: words }, 'passé', refused],
  ['in another case, where case differs', { values: words, matchCase: true }, 'Pass', refused],
  ['as it is written, where case differs', { values: words, matchCase: true }, 'pass', 'passed'],
  ['that is there in both cases: the lower', { values: both }, 'p', 'failed'],
  ['that is there in both cases: the upper', { values: both }, 'P', 'passed'],
  ['that two of the table differ from in case', { values: two }, 'PASS', refused],
]

for (const [what, field, word, outcome] of table)
  t.test(`a vendor’s word ${what}`, async (t) => {
    const fields = { ...mapping.fields, outcome: { from: '/result', ...field } }
    const given = { row: 1, now: '2026-11-22T04:00:00Z', resultId: 'R-1' }
    const row = mapRecord({ ...mapping, fields }, { ...sample, result: word }, given)
    t.equal(row.message?.outcome, outcome)
    if (outcome === refused) t.match(row.mistakes, [{ path: '/outcome', message: /knows/ }])
  })

t.test('matchCase without values is a mistake of the mapping file', async (t) => {
  const fields = { ...mapping.fields, score: { from: '/score', matchCase: true } }
  t.match(mappingMistakes({ ...mapping, fields }), [{ path: '/fields/score/matchCase' }])
})
