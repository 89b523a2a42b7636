import { sql } from 'kysely'
import type { Test } from 'tap'
import { acceptExamResult } from '../../src/actions/intake/accept-exam-result.ts'
import { type Db, inTransaction } from '../../src/storage/database.ts'
import { migrations } from '../../src/storage/migrations/migrations.ts'
import type { Database } from '../help/databases.ts'
import { passEvent, type Started, start } from '../help/start.ts'

export type Changes = Record<string, unknown>

/** What an earlier version kept: it took ids as they were sent. */
export const keepOld = (blazon: Started, changes: Changes) =>
  acceptExamResult(blazon.tools, { message: passEvent(changes) as never, actor: 'webhook' })

/** Ends Blazon, does to its database what migration 0017-ids does to one from before, and starts it again. */
export async function upgrade(t: Test, database: Database, blazon: Started): Promise<Started> {
  const ids = migrations(database.name === 'SQLite')['0017-ids']
  await inTransaction(blazon.tools.db, async (tx) => {
    // It kept every final message whole.
    await tx.updateTable('result').set({ word: sql`body` }).where('word', '=', '').execute()
    await ids?.up(tx)
  })
  await blazon.close()
  return start(t, { database })
}

export const before = (t: Test, database: Database) => start(t, { database, keepOpen: true })

export const spellings: ((id: string) => string)[] = [
  (id) => id,
  (id) => ` ${id}`,
  (id) => `${id} `,
  (id) => `\u00a0${id}\u3000`,
  (id) => id.normalize('NFD'),
  (id) => `  ${id.normalize('NFD')}\ufeff`,
]

export const person = (at: number) => ({
  id: `Cé-${at}`,
  fullName: `Nia ${at}`,
  email: `nia-${at}@example.org`,
  locale: 'en',
})
export const message = (at: number, spell: (id: string) => string, changes: Changes = {}) => ({
  resultId: spell(`Ré-${at}`),
  candidate: { ...person(at), id: spell(person(at).id) },
  ...changes,
})

export async function count(db: Db) {
  const counted = (table: 'badge' | 'result' | 'result_message' | 'candidate' | 'person') =>
    db.selectFrom(table).select(sql<number>`count(*)`.as('many')).executeTakeFirstOrThrow()
  const tables = ['badge', 'result', 'result_message', 'candidate', 'person'] as const
  return Object.fromEntries(
    await Promise.all(tables.map(async (table) => [table, Number((await counted(table)).many)])),
  )
}
