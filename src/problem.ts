/** What went wrong, as the reader can act on it. Only `http` turns a kind into a status. */
export type ProblemKind =
  | 'invalid'
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'too-large'
  | 'unsupported-type'
  | 'too-many'
  | 'unavailable'

/** One thing that is wrong with a body: a JSON pointer to the place, and a sentence. */
export type FieldError = { path: string; message: string }

/** The one error class: trouble that the reader of `message` can mend. Anything else that is thrown is a bug. */
export class Problem extends Error {
  readonly kind: ProblemKind
  readonly errors: FieldError[]

  constructor(kind: ProblemKind, message: string, errors: FieldError[] = []) {
    super(message)
    this.name = 'Problem'
    this.kind = kind
    this.errors = errors
  }
}
