import { type Db, inTransaction, type Tx } from '../../storage/database.ts'

/**
 * Runs work in one transaction, with the tools inside it. Name the inner tools `tools` again, so that nothing inside can
 * reach the database outside.
 */
export function transaction<Tools extends { db: Db }, Answer>(
  tools: Tools,
  work: (tools: Omit<Tools, 'db'> & { db: Tx }) => Promise<Answer>,
): Promise<Answer> {
  return inTransaction(tools.db, (db) => work({ ...tools, db }))
}
