import type { Tools, TxTools } from '../../src/actions/tools/tools.ts'
import type { Db, Tx } from '../../src/storage/database.ts'

/** A database that counts as a transaction: single statements prepare a scene, and each takes effect at once. */
export const asTx = (db: Db) => db as unknown as Tx

/** The same, for tools. */
export const asTxTools = (tools: Tools): TxTools => ({ ...tools, db: asTx(tools.db) })
