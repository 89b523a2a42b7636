import type { SqliteConnection } from './sqlite-connection.ts'

/** A connection that reads, and a way to make it see what was committed since. */
export type SharedReads = Pick<SqliteConnection, 'execute' | 'close'> & { refresh: () => void }

/**
 * Reads what is committed. SQLite locks the file for each read, which costs more than the read; so the reads of one turn
 * of the event loop share one lock, and see one moment. `refresh` ends that moment, after each commit of this process.
 */
export function shareReads(connection: SqliteConnection): SharedReads {
  let isOpen = false
  const refresh = () => {
    // An error may have ended it.
    if (isOpen && connection.isInTransaction()) connection.execute('commit')
    isOpen = false
  }
  return {
    execute: (text, values) => {
      if (!isOpen) {
        connection.execute('begin')
        isOpen = true
        setImmediate(refresh)
      }
      return connection.execute(text, values)
    },
    refresh,
    close: () => {
      refresh()
      connection.close()
    },
  }
}
