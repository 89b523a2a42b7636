import { Problem } from '../problem.ts'

/**
 * A database that is busy or out of reach, as callers are told of it; `cause` is the database's own error, for the log. Nothing was
 * kept: a statement or a transaction that ends so is rolled back.
 */
export function unavailable(cause: unknown): Problem {
  const problem = new Problem(
    'unavailable',
    'The database is busy or out of reach at this moment; nothing was kept. Send the request again in a few seconds.',
  )
  return Object.assign(problem, { cause })
}
