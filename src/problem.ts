/** The kinds of problems. Only `http` maps a kind to a status. */
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

/**
 * One mistake in a body: a JSON pointer to the place, a sentence, and a code that stays when the sentence is rewritten.
 */
export type FieldError = { path: string; message: string; code: string }

/** The catalogue's message for a problem, for readers of a page in any language. */
export type Phrase = {
  word: `problem.${string}` | `my.mistake.${string}`
  values?: Record<string, string | number>
}

/** The only error class for problems that the reader of `message` can fix. Anything else that is thrown is a bug. */
export class Problem extends Error {
  readonly kind: ProblemKind
  /** For programs: it stays when the sentence is rewritten. Lower-case words with hyphens, for one situation. */
  readonly code: string
  readonly errors: FieldError[]
  readonly phrase: Phrase | undefined

  constructor(
    kindAndCode: `${ProblemKind}/${string}`,
    message: string,
    errors: FieldError[] = [],
    phrase?: Phrase,
  ) {
    super(message)
    const [kind, code] = kindAndCode.split('/') as [ProblemKind, string]
    this.name = 'Problem'
    this.kind = kind
    this.code = code
    this.errors = errors
    this.phrase = phrase
  }
}

/** Describes a problem in plain lines, with each mistake. Bugs keep their stack. */
export function explain(error: unknown): string {
  if (!(error instanceof Problem)) return String(error instanceof Error ? error.stack : error)
  return [error.message, ...error.errors.map(({ path, message }) => `  ${path}: ${message}`)].join(
    '\n',
  )
}
