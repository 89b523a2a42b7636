import { Problem } from '../problem.ts'

/**
 * The problem of a caller whose request met a busy or unreachable database. `cause` is the database's own error, for
 * the log. Nothing was stored: the statement or transaction is rolled back.
 */
export function unavailable(cause: unknown): Problem {
  const problem = new Problem(
    'unavailable/database-busy',
    'The database is busy or out of reach at this moment; nothing was kept. Send the request again in a few seconds.',
  )
  return Object.assign(problem, { cause })
}
