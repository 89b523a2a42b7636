/**
 * The maximum of connections, and time limits in seconds: to wait for a connection, for a statement, and between the
 * statements of a transaction. 0 means no limit.
 */
export type PostgresOptions = {
  pool: number
  connectTimeout: number
  statementTimeout: number
  idleTimeout: number
}

/** No time limits: for migrations, and commands without options of their own. */
export const unhurried: PostgresOptions = {
  pool: 16,
  connectTimeout: 0,
  statementTimeout: 0,
  idleTimeout: 0,
}
