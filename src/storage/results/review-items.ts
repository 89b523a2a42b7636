import type { Decisions, ReviewKind } from '../../domain/rules/review.ts'
import type { Db, Tx } from '../database.ts'
import { fixedQuery } from '../fixed-query.ts'
import type { Tables } from '../tables.ts'

export type KeptItem = {
  id: string
  kind: ReviewKind
  source: string
  candidateId: string
  resultId: string | null
  facts: Record<string, unknown>
  reason: string
  state: 'open' | 'decided' | 'gone'
  decision: string | null
  openedAt: string
  decidedAt: string | null
  decidedBy: string | null
}

const columns = [
  'review_item.id',
  'review_item.kind',
  'review_item.source',
  'review_item.candidate_id',
  'review_item.result_id',
  'review_item.facts',
  'review_item.reason',
  'review_item.state',
  'review_item.decision',
  'review_item.opened_at',
  'review_item.decided_at',
  'review_item.decided_by',
] as const

function toItem(row: Tables['review_item']): KeptItem {
  return {
    id: row.id,
    kind: row.kind as ReviewKind,
    source: row.source,
    candidateId: row.candidate_id,
    resultId: row.result_id,
    facts: JSON.parse(row.facts) as Record<string, unknown>,
    reason: row.reason,
    state: row.state,
    decision: row.decision,
    openedAt: row.opened_at,
    decidedAt: row.decided_at,
    decidedBy: row.decided_by,
  }
}

type Item = Pick<
  KeptItem,
  'id' | 'kind' | 'source' | 'candidateId' | 'resultId' | 'facts' | 'reason'
>

/** Adds an item to the queue, or reopens it; a decided one stays decided. Updates its facts. */
export async function openItem(db: Tx, item: Item, at: string): Promise<void> {
  const facts = { facts: JSON.stringify(item.facts), reason: item.reason }
  await db
    .insertInto('review_item')
    .values({
      id: item.id,
      kind: item.kind,
      source: item.source,
      candidate_id: item.candidateId,
      result_id: item.resultId,
      ...facts,
      state: 'open',
      opened_at: at,
    })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({ ...facts, state: 'open' })
        .where('review_item.decision', 'is', null),
    )
    .execute()
}

/** Removes an open item from the queue, because the question no longer arises. */
export async function closeItem(db: Tx, id: string): Promise<void> {
  await db
    .updateTable('review_item')
    .set({ state: 'gone' })
    .where('id', '=', id)
    .where('decision', 'is', null)
    .execute()
}

/** Records an operator's decision. */
export async function decideItem(
  db: Tx,
  id: string,
  { decision, at, by }: { decision: string; at: string; by: string },
): Promise<void> {
  await db
    .updateTable('review_item')
    .set({ state: 'decided', decision, decided_at: at, decided_by: by })
    .where('id', '=', id)
    .execute()
}

/** One item. */
export async function findItem(db: Db, id: string): Promise<KeptItem | undefined> {
  const row = await db
    .selectFrom('review_item')
    .select(columns)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toItem(row)
}

/** Every item ever opened about a person. */
export async function findItemsOf(db: Db, personId: string): Promise<KeptItem[]> {
  return (await itemsOf(db, { personId })).map(toItem)
}

const itemsOf = fixedQuery((db, { personId }: { personId: string }) =>
  db
    .selectFrom('candidate')
    .innerJoin('review_item', (join) =>
      join
        .onRef('review_item.source', '=', 'candidate.source')
        .onRef('review_item.candidate_id', '=', 'candidate.candidate_id'),
    )
    .select(columns)
    .where('candidate.person_id', '=', personId),
)

/**
 * Operators' decisions on whether messages of a result are about another person. `candidates` are the ids that they
 * name.
 */
export async function findDecisions(
  db: Db,
  { source, resultId }: { source: string; resultId: string },
  candidates: string[],
): Promise<Decisions> {
  const rows = await db
    .selectFrom('review_item')
    .select(['id', 'decision'])
    .where('source', '=', source)
    .where('candidate_id', 'in', candidates)
    .where('result_id', '=', resultId)
    .where('kind', '=', 'somebody-else')
    .execute()
  return new Map(rows.flatMap(({ id, decision }) => (decision === null ? [] : [[id, decision]])))
}

type Page = {
  state: KeptItem['state']
  kind?: string | undefined
  after?: { openedAt: string; id: string } | undefined
  limit: number
}

/** Items in the order of opening, `limit` at a time. */
export async function listItems(db: Db, { state, kind, after, limit }: Page): Promise<KeptItem[]> {
  let query = db.selectFrom('review_item').select(columns).where('state', '=', state)
  if (kind) query = query.where('kind', '=', kind)
  if (after)
    query = query.where((is) =>
      is.or([
        is('opened_at', '>', after.openedAt),
        is.and([is('opened_at', '=', after.openedAt), is('id', '>', after.id)]),
      ]),
    )
  const rows = await query.orderBy('opened_at').orderBy('id').limit(limit).execute()
  return rows.map(toItem)
}
