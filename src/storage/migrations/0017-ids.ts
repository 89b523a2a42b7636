import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'

/** The tables that this step reads and writes, as they are right before it. */
type Tables = {
  candidate: { source: string; candidate_id: string }
  name_request: { source: string; candidate_id: string }
  badge: { source: string; result_id: string; candidate_id: string; revoked_at: string | null }
  result: {
    source: string
    result_id: string
    body: string
    word: string | null
    exam: string
    candidate_id: string
    state: string
    reason: string | null
    parked_for: string | null
  }
  result_message: {
    source: string
    result_id: string
    revision: number
    body: string
    body_hash: string
  }
}
type Db = Kysely<Tables>
type Key = { source: string; id: string }
type Message = {
  resultId: string
  exam: string
  candidate: { id: string }
}

/** The normal form as of this version: Unicode NFC, trimmed. */
function normal(id: string): string {
  return (id.trim() || id).normalize('NFC')
}

/**
 * Normalises ids that earlier versions stored as sent, with everything stored under them, so that replayed messages
 * find their results. Nothing is merged: if another row has the normal id, the row keeps its own id, and incoming
 * messages find the other row only.
 */
export async function addNormalIds(of: Kysely<unknown>): Promise<void> {
  const db = of as Db
  await sql`create index badge_result_once on badge (source, result_id)`.execute(db)
  await normalCandidates(db)
  // If several ids become the same, the one with a live badge gets the normal id: then a replay issues no second badge.
  await normalResults(
    db,
    sql`exists (select 1 from badge where badge.source = result.source
    and badge.result_id = result.result_id and badge.revoked_at is null)`,
  )
  await normalResults(db, sql`1 = 1`)
  await sql`drop index badge_result_once`.execute(db)
  await normalFacts(db)
  await normalMessages(db)
}

const pageSize = 500

async function* pages<Row>(read: (last: Row | undefined) => Promise<Row[]>) {
  for (let last: Row | undefined, more = true; more; ) {
    const page: Row[] = await read(last)
    yield* page
    last = page.at(-1)
    more = page.length === pageSize
  }
}

/** Whether an id may not be normal: it has spaces around it, or non-ASCII characters. */
const odd = (column: string) =>
  sql<boolean>`(octet_length(${sql.ref(column)}) <> length(${sql.ref(column)}) or trim(${sql.ref(column)}) <> ${sql.ref(column)})`

/** The same for a JSON text with ids in it. */
const oddText = (column: string) =>
  sql<boolean>`(octet_length(${sql.ref(column)}) <> length(${sql.ref(column)})
    or ${sql.ref(column)} like ${sql.lit('%" %')} or ${sql.ref(column)} like ${sql.lit('% "%')})`

const after = (column: string, { source, id }: Key) =>
  sql<boolean>`(source > ${source} or (source = ${source} and ${sql.ref(column)} > ${id}))`

const start = { source: '', id: '' }

async function has(db: Db, table: 'candidate' | 'name_request', { source, id }: Key) {
  const rows = await db
    .selectFrom(table)
    .select('source')
    .where('source', '=', source)
    .where('candidate_id', '=', id)
    .limit(1)
    .execute()
  return rows.length > 0
}

async function hasResult(db: Db, table: 'result' | 'result_message', { source, id }: Key) {
  const rows = await db
    .selectFrom(table)
    .select('source')
    .where('source', '=', source)
    .where('result_id', '=', id)
    .limit(1)
    .execute()
  return rows.length > 0
}

async function normalCandidates(db: Db) {
  const read = (last: Key = start) =>
    db
      .selectFrom('candidate')
      .select(['source', 'candidate_id as id'])
      .where(odd('candidate_id'))
      .where(after('candidate_id', last))
      .orderBy('source')
      .orderBy('candidate_id')
      .limit(pageSize)
      .execute()
  for await (const { source, id } of pages(read)) {
    const to = { source, id: normal(id) }
    if (to.id === id || (await has(db, 'candidate', to)) || (await has(db, 'name_request', to)))
      continue
    for (const table of ['candidate', 'name_request', 'result', 'badge'] as const)
      await sql`update ${sql.table(table)} set candidate_id = ${to.id}
        where source = ${source} and candidate_id = ${id}`.execute(db)
  }
}

async function normalResults(db: Db, which: ReturnType<typeof sql>) {
  const read = (last: Key = start) =>
    db
      .selectFrom('result')
      .select(['source', 'result_id as id'])
      .where(odd('result_id'))
      .where(after('result_id', last))
      .where(sql<boolean>`${which}`)
      .orderBy('source')
      .orderBy('result_id')
      .limit(pageSize)
      .execute()
  for await (const { source, id } of pages(read)) {
    const to = { source, id: normal(id) }
    if (to.id === id || (await hasResult(db, 'result', to))) continue
    if (!(await hasResult(db, 'result_message', to))) await moveResult(db, { source, id }, to.id)
  }
}

/** Badges refer to results, so the row is copied with all its columns before the badges are moved. */
async function moveResult(db: Db, { source, id }: Key, to: string) {
  const old = sql<boolean>`source = ${source} and result_id = ${id}`
  const row = await db.selectFrom('result').selectAll().where(old).executeTakeFirstOrThrow()
  await db
    .insertInto('result')
    .values({ ...row, result_id: to })
    .execute()
  await db.updateTable('badge').set({ result_id: to }).where(old).execute()
  await db.updateTable('result_message').set({ result_id: to }).where(old).execute()
  await db.deleteFrom('result').where(old).execute()
}

/** The present id of a candidate who had this one. */
async function candidateNow(db: Db, { source, id }: Key): Promise<string> {
  return normal(id) !== id && (await has(db, 'candidate', { source, id })) ? id : normal(id)
}

type Row = { source: string; result_id: string }

async function withIds(db: Db, { source, result_id }: Row, message: Message): Promise<Message> {
  const id = await candidateNow(db, { source, id: message.candidate.id })
  const candidate = { ...message.candidate, id }
  return { ...message, resultId: result_id, exam: normal(message.exam), candidate }
}

async function normalFacts(db: Db) {
  const read = (last?: Row) =>
    db
      .selectFrom('result')
      .select(['source', 'result_id', 'body', 'word', 'parked_for'])
      .where((is) => is.or([oddText('body'), oddText('word')]))
      .where(after('result_id', last ? { source: last.source, id: last.result_id } : start))
      .orderBy('source')
      .orderBy('result_id')
      .limit(pageSize)
      .execute()
  for await (const row of pages(read)) {
    const body = await withIds(db, row, JSON.parse(row.body))
    const before: Message | null = row.word === null ? null : JSON.parse(row.word)
    const word = before && (await withIds(db, row, before))
    // With the correct id of its exam it is judged again.
    const known = row.parked_for === 'unknown-exam' && word?.exam !== before?.exam
    const texts = { body: JSON.stringify(body), word: word && JSON.stringify(word) }
    if (texts.body === row.body && texts.word === row.word) continue
    await db
      .updateTable('result')
      .set({ ...texts, exam: body.exam, candidate_id: body.candidate.id })
      .$if(known, (query) => query.set({ state: 'waiting', reason: null, parked_for: null }))
      .where('source', '=', row.source)
      .where('result_id', '=', row.result_id)
      .execute()
  }
}

async function normalMessages(db: Db) {
  const read = (last?: Row & { revision: number }) => {
    const { source, result_id: id, revision } = last ?? { source: '', result_id: '', revision: 0 }
    return db
      .selectFrom('result_message')
      .select(['source', 'result_id', 'revision', 'body'])
      .where(oddText('body'))
      .where(sql<boolean>`(${after('result_id', { source, id })}
        or (source = ${source} and result_id = ${id} and revision > ${revision}))`)
      .orderBy('source')
      .orderBy('result_id')
      .orderBy('revision')
      .limit(pageSize)
      .execute()
  }
  for await (const row of pages(read)) {
    const sent: Message = JSON.parse(row.body)
    const candidate = { ...sent.candidate, id: normal(sent.candidate.id) }
    const again = { ...sent, resultId: normal(sent.resultId), exam: normal(sent.exam), candidate }
    if (JSON.stringify(again) === JSON.stringify(sent)) continue
    // The hash is that of a replayed message on arrival, even where the row keeps its own id.
    await db
      .updateTable('result_message')
      .set({ body: JSON.stringify(await withIds(db, row, sent)), body_hash: sha256(sorted(again)) })
      .where('source', '=', row.source)
      .where('result_id', '=', row.result_id)
      .where('revision', '=', row.revision)
      .execute()
  }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** JSON with sorted keys (RFC 8785). */
function sorted(value: unknown): string {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return JSON.stringify(value)
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([name, each]) => `${JSON.stringify(name)}:${sorted(each)}`).join(',')}}`
}
