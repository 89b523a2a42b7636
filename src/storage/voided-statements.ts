import type { Db } from './database.ts'

type Statement = { source: string; statementId: string }

/** Notes that a statement is void, whether it came or is still to come. */
export async function keepVoided(
  db: Db,
  { source, statementId }: Statement,
  at: string,
): Promise<void> {
  await db
    .insertInto('voided_statement')
    .values({ source, statement_id: statementId, received_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Whether somebody said that a statement is void. */
export async function isVoided(db: Db, { source, statementId }: Statement): Promise<boolean> {
  const row = await db
    .selectFrom('voided_statement')
    .select('statement_id')
    .where('source', '=', source)
    .where('statement_id', '=', statementId)
    .executeTakeFirst()
  return row !== undefined
}
