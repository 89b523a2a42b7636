import { setTimeout } from 'node:timers/promises'
import { isBusy, type SqliteConnection } from './sqlite-connection.ts'

/** More transactions in one commit would hold the lock of the file for too long. */
const most = 64

/** How often a lock that another process holds is tried again, in milliseconds. */
const pause = 2

type Options = {
  /** After a commit, before it is answered. */
  onCommit?: () => void
  /** How long to wait for a lock that another process holds, in milliseconds. */
  patience?: number
}

/** Transactions that are committed together. `done` settles when they are on the disk, or lost. */
type Group = {
  size: number
  /** Its commit is due as soon as none of its transactions is under way. */
  isDue: boolean
  done: Promise<void>
  settle: { resolve: () => void; reject: (error: unknown) => void }
}

export type SharedCommits = ReturnType<typeof shareCommits>

/**
 * Transactions that take turns on one connection, and share commits. A commit waits for the disk, so those that arrive
 * in one turn of the event loop are committed together. Each is a savepoint, so that it can fail alone, and each is
 * answered after the commit.
 */
export function shareCommits(
  connection: SqliteConnection,
  { onCommit = () => {}, patience = 5000 }: Options = {},
) {
  const turns = takeTurns()
  let group: Group | undefined

  const openGroup = async (): Promise<Group> => {
    await takeLock(connection, patience)
    const { promise: done, ...settle } = Promise.withResolvers<void>()
    done.catch(() => {}) // Nobody may wait for it: when all were undone.
    const opened: Group = { size: 0, isDue: false, done, settle }
    setImmediate(() => {
      if (group !== opened) return
      if (turns.isTaken()) opened.isDue = true
      else commitGroup()
    })
    return opened
  }

  const commitGroup = () => {
    const ended = group
    group = undefined
    try {
      if (!connection.isInTransaction()) throw new Error('the database undid the transactions')
      connection.execute('commit')
      onCommit()
      ended?.settle.resolve()
    } catch (error) {
      if (connection.isInTransaction()) connection.execute('rollback')
      ended?.settle.reject(error)
    }
  }

  const execute: SqliteConnection['execute'] = (text, values) => {
    // Some errors undo all, such as a full disk. Without a transaction, a statement would be committed at once.
    if (!connection.isInTransaction()) throw new Error('the database undid the transaction')
    return connection.execute(text, values)
  }

  const leave = (finish: () => void): Group => {
    const left = group
    if (!left) throw new Error('there is no transaction to end')
    try {
      finish()
    } finally {
      left.size += 1
      if (left.isDue || left.size >= most || !connection.isInTransaction()) commitGroup()
      turns.pass()
    }
    return left
  }

  return {
    /** Waits for the turn and begins a transaction. Throws `unavailable` when another process holds the file too long. */
    begin: async (): Promise<void> => {
      await turns.take()
      try {
        group ??= await openGroup()
        execute('savepoint member')
      } catch (error) {
        turns.pass()
        throw error
      }
    },

    /** Runs a statement of the transaction whose turn it is. */
    execute,

    /** Ends the transaction. Resolves when it is on the disk; throws when it is lost. */
    commit: async (): Promise<void> => {
      await leave(() => execute('release member')).done
    },

    /** Undoes the transaction. */
    rollback: (): void => {
      leave(() => {
        if (!connection.isInTransaction()) return
        connection.execute('rollback to member')
        connection.execute('release member')
      })
    },

    /** Waits for the turn, commits what others wait for, and runs work that must be outside a transaction. */
    alone: async <Answer>(work: () => Answer): Promise<Answer> => {
      await turns.take()
      try {
        if (group) commitGroup()
        return work()
      } finally {
        turns.pass()
      }
    },
  }
}

/**
 * Begins a transaction and takes the lock of the file first, instead of failing half-way. While another process holds
 * it, this one does other work. Throws `unavailable` when that takes too long.
 */
async function takeLock(connection: SqliteConnection, patience: number) {
  const end = performance.now() + patience
  for (;;)
    try {
      connection.execute('begin immediate')
      return
    } catch (error) {
      if (!isBusy(error) || performance.now() > end) throw error
      await setTimeout(pause)
    }
}

/** One at a time, in the order of arrival. */
function takeTurns() {
  const line: (() => void)[] = []
  let taken = false
  return {
    isTaken: () => taken,
    take: async () => {
      if (taken) await new Promise<void>((resolve) => line.push(resolve))
      taken = true
    },
    pass: () => {
      const next = line.shift()
      if (next) next()
      else taken = false
    },
  }
}
