import { type Static, Type } from './type.ts'

/** One mistake: a JSON pointer to the place, a sentence for people, and a code for programs. */
export const FieldMistake = Type.Object({
  path: Type.String(),
  message: Type.String(),
  code: Type.String(),
})

/**
 * RFC 9457. `errors` names every wrong field at once. `code` stays the same when the sentence in `detail` is rewritten.
 */
export const ProblemDocument = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    code: Type.String(),
    errors: Type.Optional(Type.Array(FieldMistake)),
    requestId: Type.Optional(Type.String()),
  },
  { title: 'Problem' },
)
export type ProblemDocument = Static<typeof ProblemDocument>
