import type { KeptMessage } from '../../../schemas/exam-result.ts'
import type { Db } from '../database.ts'

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

/** Statements that came and are void, whose results have not heard of it: they have a first message and no second. */
export async function findUnheard(db: Db): Promise<KeptMessage[]> {
  const rows = await db
    .selectFrom('voided_statement')
    .innerJoin('result_message as statement', (join) =>
      join
        .onRef('statement.source', '=', 'voided_statement.source')
        .onRef('statement.result_id', '=', 'voided_statement.statement_id')
        .on('statement.revision', '=', 1),
    )
    .leftJoin('result_message as word', (join) =>
      join
        .onRef('word.source', '=', 'voided_statement.source')
        .onRef('word.result_id', '=', 'voided_statement.statement_id')
        .on('word.revision', '=', 2),
    )
    .select('statement.body')
    .where('word.revision', 'is', null)
    .execute()
  return rows.map(({ body }) => JSON.parse(body) as KeptMessage)
}
