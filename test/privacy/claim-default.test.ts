import { readFileSync } from 'node:fs'
import t from 'tap'
import { examplesProgramme } from '../help/start.ts'

t.test('the sample programme preselects "only me" at the claim (GDPR, article 25.2)', async (t) => {
  const { policies } = JSON.parse(readFileSync(examplesProgramme, 'utf8'))
  t.equal(policies.visibilityAtClaim ?? 'private', 'private')
})
