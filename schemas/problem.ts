import { type Static, Type } from 'typebox'

/** RFC 9457. `errors` names every wrong field at once. */
export const ProblemDocument = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    errors: Type.Optional(Type.Array(Type.Object({ path: Type.String(), message: Type.String() }))),
    requestId: Type.Optional(Type.String()),
  },
  { title: 'Problem' },
)
export type ProblemDocument = Static<typeof ProblemDocument>
