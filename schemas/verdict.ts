import { type Static, Type } from './type.ts'

export const Check = Type.Object(
  {
    name: Type.Enum([
      'file',
      'address',
      'signature',
      'issuer',
      'revocation',
      'suspension',
      'dates',
    ]),
    result: Type.Enum(['pass', 'fail', 'could-not-check']),
    reason: Type.String({ description: 'One sentence for the reader.' }),
    at: Type.String({ format: 'date-time' }),
  },
  { title: 'Check' },
)
export type Check = Static<typeof Check>

export const VerdictWord = Type.Enum([
  'valid',
  'expired',
  'revoked',
  'suspended',
  'not-yet-valid',
  'invalid',
  'could-not-check',
])
export type VerdictWord = Static<typeof VerdictWord>

/** `verdict` is never `valid` while one check is not `pass`. */
export const Verdict = Type.Object(
  { verdict: VerdictWord, checks: Type.Array(Check) },
  { title: 'Verdict' },
)
export type Verdict = Static<typeof Verdict>
