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
  | 'not-offered'

/** One thing that is wrong with a body: a JSON pointer to the place, and a sentence. */
export type FieldError = { path: string; message: string }

/** The message of the catalogues that says a problem to somebody who reads a page, in their language. */
export type Phrase = {
  word: `problem.${string}` | `my.mistake.${string}`
  values?: Record<string, string | number>
}

/** The one error class: trouble that the reader of `message` can mend. Anything else that is thrown is a bug. */
export class Problem extends Error {
  readonly kind: ProblemKind
  readonly errors: FieldError[]
  readonly phrase: Phrase | undefined

  constructor(kind: ProblemKind, message: string, errors: FieldError[] = [], said?: Phrase) {
    super(message)
    this.name = 'Problem'
    this.kind = kind
    this.errors = errors
    this.phrase = said
  }
}

/** Says in plain lines what cannot be used and how to mend it; bugs keep their stack. */
export function explain(error: unknown): string {
  if (!(error instanceof Problem)) return String(error instanceof Error ? error.stack : error)
  return [error.message, ...error.errors.map(({ path, message }) => `  ${path}: ${message}`)].join(
    '\n',
  )
}
