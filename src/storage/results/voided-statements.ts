import type { KeptMessage } from '../../../schemas/exam-result.ts'
import type { Db } from '../database.ts'

type Statement = { source: string; statementId: string }

/** Records that a statement is void, even before the statement itself arrives. */
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

/** Whether a statement was declared void. */
export async function isVoided(db: Db, { source, statementId }: Statement): Promise<boolean> {
  const row = await db
    .selectFrom('voided_statement')
    .select('statement_id')
    .where('source', '=', source)
    .where('statement_id', '=', statementId)
    .executeTakeFirst()
  return row !== undefined
}

/** Void statements whose results are not invalidated yet: they have a first message and no second one. */
export async function findUnappliedVoids(db: Db): Promise<KeptMessage[]> {
  const rows = await db
    .selectFrom('voided_statement')
    // A cross join fixes the order: SQLite without statistics would rather read all messages.
    .crossJoin('result_message as statement')
    .leftJoin('result_message as invalidation', (join) =>
      join
        .onRef('invalidation.source', '=', 'voided_statement.source')
        .onRef('invalidation.result_id', '=', 'voided_statement.statement_id')
        .on('invalidation.revision', '=', 2),
    )
    .select('statement.body')
    .whereRef('statement.source', '=', 'voided_statement.source')
    .whereRef('statement.result_id', '=', 'voided_statement.statement_id')
    .where('statement.revision', '=', 1)
    .where('invalidation.revision', 'is', null)
    .execute()
  return rows.map(({ body }) => JSON.parse(body) as KeptMessage)
}
