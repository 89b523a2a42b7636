import type { MappedField, MappedName } from '../../schemas/mapping.ts'

const verb = (name: string) => `http://adlnet.gov/expapi/verbs/${name}`

/** Where a statement has our fields (xAPI 1.0.3, 2.4). A mapping may override them. */
export const statementFields: Partial<Record<MappedName, MappedField>> = {
  resultId: { from: '/id' },
  revision: { value: '1' },
  exam: { from: '/object/id' },
  outcome: {
    from: '/verb/id',
    values: { [verb('passed')]: 'passed', [verb('failed')]: 'failed' },
  },
  score: { from: '/result/score/raw', orFrom: '/result/score/scaled' },
  endedAt: { from: '/timestamp' },
  released: { value: 'true' },
  'candidate.id': { from: '/actor/account/name' },
  'candidate.fullName': { from: '/actor/name' },
  'candidate.email': { from: '/actor/mbox' },
  'candidate.locale': { from: '/context/language' },
}
