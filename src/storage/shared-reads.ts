import type { SqliteConnection } from './sqlite-connection.ts'

/** A connection that reads, and a way to make it see what was committed since. */
export type SharedReads = Pick<SqliteConnection, 'execute' | 'close'> & {
  refresh: () => void
  /** A number that is another one as soon as a read can see another commit, of any process. */
  version: () => number
}

/**
 * Reads what is committed. SQLite locks the file for each read, which costs more than the read; so the reads of one turn
 * of the event loop share one lock, and see one moment. `refresh` ends that moment, after each commit of this process.
 */
export function shareReads(connection: SqliteConnection): SharedReads {
  let isOpen = false
  let version: number | undefined
  const refresh = () => {
    // An error may have ended it.
    if (isOpen && connection.isInTransaction()) connection.execute('commit')
    isOpen = false
    version = undefined
  }
  const execute: SqliteConnection['execute'] = (text, values) => {
    if (!isOpen) {
      connection.execute('begin')
      isOpen = true
      setImmediate(refresh)
    }
    return connection.execute(text, values)
  }
  return {
    execute,
    refresh,
    version: () => {
      version ??= execute<{ data_version: number }>('pragma data_version').rows[0]?.data_version
      return version ?? Number.NaN
    },
    close: () => {
      refresh()
      connection.close()
    },
  }
}
