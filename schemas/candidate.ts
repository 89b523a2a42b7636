import { type Static, Type } from './type.ts'

/** What happens to the signed copies of an erased person. */
export const Erasure = Type.Object(
  {
    copies: Type.Enum(['keep', 'revoke'], {
      description: 'keep: copies that were handed out stay valid. revoke: they verify as revoked.',
    }),
  },
  { additionalProperties: false, title: 'Erasure' },
)
export type Erasure = Static<typeof Erasure>

export const ErasureAnswer = Type.Object(
  {
    candidates: Type.Array(Type.Object({ source: Type.String(), id: Type.String() }), {
      description: 'Every candidate id that this person had; no other record of them is left.',
    }),
  },
  { title: 'Erased' },
)
export type ErasureAnswer = Static<typeof ErasureAnswer>
