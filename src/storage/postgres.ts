import { type DatabaseConnection, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Tables } from './tables.ts'
import { unavailable } from './unavailable.ts'

/** The connections at most, and in seconds how long to wait for one, for a statement, and for the next one in a transaction; 0 is no limit. */
export type PostgresOptions = {
  pool: number
  connectTimeout: number
  statementTimeout: number
  idleTimeout: number
}

/** For work that takes as long as it takes: migrations, and commands that say nothing else. */
export const unhurried: PostgresOptions = {
  pool: 16,
  connectTimeout: 0,
  statementTimeout: 0,
  idleTimeout: 0,
}

/** Opens a pool of connections to a PostgreSQL server. A query throws `unavailable` when the server is busy beyond the limits. */
export function openPostgres(url: string, options: PostgresOptions = unhurried): Kysely<Tables> {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.pool,
    connectionTimeoutMillis: options.connectTimeout * 1000,
    // The server ends what takes longer; 0 leaves it to the settings of the server.
    statement_timeout: options.statementTimeout * 1000,
    idle_in_transaction_session_timeout: options.idleTimeout * 1000,
  })
  // A connection that breaks is replaced; without listeners, on idle and on busy ones, it would end the process.
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
      onCreateConnection: async (connection) => tellOfTrouble(connection),
    }),
  })
}

function tellOfTrouble(connection: DatabaseConnection) {
  const execute = connection.executeQuery.bind(connection)
  connection.executeQuery = async <Row>(query: Parameters<typeof execute>[0]) => {
    try {
      return await execute<Row>(query)
    } catch (error) {
      throw isTrouble(error) ? unavailable(error) : error
    }
  }
}

/** Classes 08 (connection), 53 (resources), 57 (operator, statement time-out), and 25P03 (idle in a transaction) of PostgreSQL's error codes. */
function isTrouble(error: unknown) {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  if (/^(08|53|57)/.test(code) || code === '25P03' || code === 'ECONNRESET') return true
  return /^Connection terminated|not queryable/.test(message)
}
