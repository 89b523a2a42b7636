import { createHash } from 'node:crypto'
import { type Kysely, type RawBuilder, sql } from 'kysely'

/** The tables that this step reads and writes, as they are right before it. */
type Tables = {
  candidate: { source: string; candidate_id: string }
  result: { source: string; result_id: string }
  result_message: { source: string; result_id: string; body: string }
  review_item: {
    id: string
    kind: string
    source: string
    candidate_id: string
    result_id: string | null
    facts: string
  }
}
type Db = Kysely<Tables>
type Key = { source: string; id: string }
type Item = Tables['review_item']
type Facts = {
  exam?: string
  startedAt?: string
  startedOn?: string
  badge?: string
  number?: number
  certifiedBy?: string
  same?: string
  characters?: string[]
  results?: string[]
  candidates?: Key[]
}

const pageSize = 500

/**
 * Updates review items of results and candidates whose ids were normalised: with the present ids, under the id that the
 * same question has now, so that decisions still apply.
 */
export async function addNormalItems(of: Kysely<unknown>): Promise<void> {
  const db = of as Db
  for (let last = '', more = true; more; ) {
    const page = await db
      .selectFrom('review_item')
      .select(['id', 'kind', 'source', 'candidate_id', 'result_id', 'facts'])
      .where(sql<boolean>`(octet_length(candidate_id) <> length(candidate_id) or trim(candidate_id) <> candidate_id
        or octet_length(result_id) <> length(result_id) or trim(result_id) <> result_id
        or octet_length(facts) <> length(facts) or facts like '%" %' or facts like '% "%')`)
      .where('id', '>', last)
      .orderBy('id')
      .limit(pageSize)
      .execute()
    for (const item of page) await normalItem(db, item)
    last = page.at(-1)?.id ?? ''
    more = page.length === pageSize
  }
}

async function normalItem(db: Db, item: Item) {
  const facts = JSON.parse(item.facts) as Facts
  const now = await itemNow(db, item, facts)
  const { candidate_id, result_id, source } = now
  const texts = { source, candidate_id, result_id, facts: JSON.stringify(now.facts) }
  if (
    texts.facts === item.facts &&
    texts.candidate_id === item.candidate_id &&
    texts.result_id === item.result_id
  )
    return
  const moments = await momentsOf(db, now)
  const same = moments.find((moment) => idOf({ ...item, facts }, moment) === item.id)
  const id = same === undefined ? item.id : idOf(now, same)
  const there = id !== item.id && (await isThere(db, id))
  await db
    .updateTable('review_item')
    .set({ ...texts, ...(there ? {} : { id }) })
    .where('id', '=', item.id)
    .execute()
  if (there || id === item.id) return
  // The log accepts no change, and notes are found and erased by item: so its lines are copied under the new id.
  const lines = await sql<{ id: number; details: string }>`select id, details from audit
    where subject = ${item.id} order by id`.execute(db)
  for (const line of lines.rows) {
    const details = JSON.stringify({ ...JSON.parse(line.details), formerly: item.id })
    const added = await sql<{ id: number }>`insert into audit (at, actor, action, subject, details)
      select at, actor, action, ${id}, ${details} from audit where id = ${line.id} returning id`.execute(
      db,
    )
    await sql`update audit_note set audit_id = ${added.rows[0]?.id} where audit_id = ${line.id}`.execute(
      db,
    )
  }
}

type Now = Omit<Item, 'facts'> & { facts: Facts }

async function itemNow(db: Db, item: Item, facts: Facts): Promise<Now> {
  const { source } = item
  const result = (id: string) => resultNow(db, { source, id })
  const now: Now = {
    ...item,
    candidate_id: await candidateNow(db, { source, id: item.candidate_id }),
    result_id: item.result_id === null ? null : await result(item.result_id),
    facts: { ...facts },
  }
  if (facts.exam !== undefined) now.facts.exam = normal(facts.exam)
  if (facts.certifiedBy !== undefined) now.facts.certifiedBy = await result(facts.certifiedBy)
  if (facts.results) now.facts.results = (await Promise.all(facts.results.map(result))).toSorted()
  if (facts.candidates) {
    const candidates = await Promise.all(
      facts.candidates.map(async (key) => ({
        source: key.source,
        id: await candidateNow(db, key),
      })),
    )
    now.facts.candidates = candidates.toSorted((one, other) =>
      keyText(one) < keyText(other) ? -1 : 1,
    )
    const [first] = now.facts.candidates
    if (first) Object.assign(now, { source: first.source, candidate_id: first.id })
  }
  return now
}

const keyText = ({ source, id }: Key) => `${source} ${id}`

/** The id of an item: a hash of the facts that the decision depends on, by its kind. */
function idOf(item: Now, moment: string | null) {
  const { exam, startedAt, startedOn, certifiedBy, badge, number, same } = item.facts
  const start = startedAt && `${exam} ${Temporal.Instant.from(startedAt)}`
  const questions: Record<string, unknown[]> = {
    'unknown-exam': [exam],
    duplicate: [start],
    'content-unknown': [exam, moment],
    retake: [exam, startedOn],
    revoked: [badge],
    early: [exam, moment, certifiedBy],
    overlap: [exam, moment, certifiedBy],
    'second-account': [same, ...(item.facts.candidates ?? []).map(keyText)],
    'unprintable-name': item.facts.characters ?? [],
    'name-correction': [number],
  }
  const about = [item.kind, item.source, item.candidate_id, item.result_id]
  const text = JSON.stringify([...about, ...(questions[item.kind] ?? [])])
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}

type Moments = { endedAt?: string; startedAt?: string; scheduledAt?: string; occurredAt?: string }

/** The possible times of the attempt that an item is about, from all messages of its result. */
async function momentsOf(db: Db, { source, result_id }: Now): Promise<(string | null)[]> {
  if (result_id === null) return [null]
  const rows = await db
    .selectFrom('result_message')
    .select('body')
    .where('source', '=', source)
    .where('result_id', '=', result_id)
    .execute()
  return [
    null,
    ...rows.flatMap(({ body }) => {
      const { endedAt, startedAt, scheduledAt, occurredAt }: Moments = JSON.parse(body)
      const text = endedAt ?? startedAt ?? scheduledAt ?? occurredAt
      return text === undefined ? [] : [Temporal.Instant.from(text).toString()]
    }),
  ]
}

/** The normal form as of this version: Unicode NFC, trimmed. */
function normal(id: string): string {
  return (id.trim() || id).normalize('NFC')
}

/** The present id of a row that had this one: unchanged where another row has the normal one. */
async function candidateNow(db: Db, { source, id }: Key): Promise<string> {
  const rows = sql`select 1 from candidate where source = ${source} and candidate_id = ${id}`
  return normal(id) !== id && (await finds(db, rows)) ? id : normal(id)
}

async function resultNow(db: Db, { source, id }: Key): Promise<string> {
  const rows = sql`select 1 from result where source = ${source} and result_id = ${id}`
  return normal(id) !== id && (await finds(db, rows)) ? id : normal(id)
}

const isThere = (db: Db, id: string) => finds(db, sql`select 1 from review_item where id = ${id}`)

async function finds(db: Db, query: RawBuilder<unknown>) {
  return (await query.execute(db)).rows.length > 0
}
