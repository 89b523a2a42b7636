import { type Static, Type } from 'typebox'

/** One thing that is wrong: a JSON pointer to the place, and a sentence. */
export const FieldMistake = Type.Object({ path: Type.String(), message: Type.String() })

/** RFC 9457. `errors` names every wrong field at once. */
export const ProblemDocument = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    errors: Type.Optional(Type.Array(FieldMistake)),
    requestId: Type.Optional(Type.String()),
  },
  { title: 'Problem' },
)
export type ProblemDocument = Static<typeof ProblemDocument>
