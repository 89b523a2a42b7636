import { type Static, Type } from 'typebox'

/** What is to become of the signed copies of somebody who is erased. */
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
      description: 'Every candidate that this person was; nothing else is known of them any more.',
    }),
  },
  { title: 'Erased' },
)
export type ErasureAnswer = Static<typeof ErasureAnswer>
