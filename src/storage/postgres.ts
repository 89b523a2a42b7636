import { type DatabaseConnection, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { type PostgresOptions, unhurried } from './postgres-options.ts'
import type { Tables } from './tables.ts'
import { unavailable } from './unavailable.ts'

/**
 * Opens a pool of connections to a PostgreSQL server. A query throws `unavailable` when the server exceeds the limits.
 */
export function openPostgres(url: string, options: PostgresOptions = unhurried): Kysely<Tables> {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.pool,
    connectionTimeoutMillis: options.connectTimeout * 1000,
    // The server ends statements that take longer; 0 leaves it to the server's settings.
    statement_timeout: options.statementTimeout * 1000,
    idle_in_transaction_session_timeout: options.idleTimeout * 1000,
  })
  // The pool replaces a broken connection. Without listeners, on idle and on busy ones, its error would end the
  // process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return new Kysely<Tables>({
    dialect: new PostgresDialect({
      pool: {
        connect: () =>
          pool.connect().catch((error: unknown) => {
            throw unavailable(error)
          }),
        end: () => pool.end(),
      },
      onCreateConnection: async (connection) => reportUnavailability(connection),
    }),
  })
}

function reportUnavailability(connection: DatabaseConnection) {
  const execute = connection.executeQuery.bind(connection)
  connection.executeQuery = async <Row>(query: Parameters<typeof execute>[0]) => {
    try {
      return await execute<Row>(query)
    } catch (error) {
      throw isUnavailability(error) ? unavailable(error) : error
    }
  }
}

/**
 * Classes 08 (connection), 53 (resources) and 57 (operator, statement time-out) of PostgreSQL's error codes, and 25P03
 * (idle in a transaction).
 */
function isUnavailability(error: unknown) {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  if (/^(08|53|57)/.test(code) || code === '25P03' || code === 'ECONNRESET') return true
  return /^Connection terminated|not queryable/.test(message)
}
