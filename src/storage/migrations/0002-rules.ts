import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'

/** The tables that this step reads and writes, as they are right after it. */
type Tables = {
  result: { source: string; result_id: string; body: string; word: string | null }
  result_message: { source: string; result_id: string; revision: number; body: string }
  person: { id: string }
  candidate: {
    source: string
    candidate_id: string
    person_id: string
    full_name: string
    latin_name: string | null
    email: string
    locale: string | null
  }
  credential: {
    id: string
    data_integrity: string | null
    data_integrity_key: string | null
    credential_jwt: string | null
    credential_jwt_key: string | null
  }
}

/** The fields that it reads of a message, as messages were then. */
type ExamResult = {
  source: string
  released: boolean
  outcome: string
  candidate: { id: string; fullName: string; latinName?: string; email: string; locale?: string }
}

const tables = {
  person: `id text primary key`,
  candidate: `source text not null, candidate_id text not null, person_id text not null references person (id),
    full_name text not null, latin_name text, email text not null, locale text, mark text, primary key (source, candidate_id)`,
  sighting: `mark text primary key`,
  review_item: `id text primary key, kind text not null, source text not null, candidate_id text not null, result_id text,
    facts text not null, reason text not null, state text not null, decision text, opened_at text not null,
    decided_at text, decided_by text`,
  job: `id text primary key, kind text not null, key text not null unique, payload text not null, run_at text not null,
    state text not null, attempts integer not null, claim text, claimed_until text, last_error text,
    planned_at text not null, finished_at text`,
  poll: `adapter text primary key, cursor text, polled_at text not null`,
  voided_statement: `source text not null, statement_id text not null, received_at text not null,
    primary key (source, statement_id)`,
}

const columns = [
  'result add column word text',
  'badge add column renews text',
  `credential add column kind text not null default 'standard'`,
  'credential add column data_integrity_key text',
  'credential add column credential_jwt_key text',
  'credential add column replaced_at text',
]

const indexes = [
  'create index candidate_person on candidate (person_id)',
  'create index candidate_email on candidate (email)',
  'create index candidate_mark on candidate (mark)',
  'create index result_candidate on result (source, candidate_id)',
  'create index badge_renews on badge (renews)',
  // A badge has one current credential of a kind; replaced ones stay on record, revoked.
  'create unique index credential_standing on credential (badge_id, kind) where replaced_at is null',
  'create index review_item_state on review_item (state, opened_at, id)',
  'create index review_item_candidate on review_item (source, candidate_id)',
  'create index job_due on job (state, run_at)',
]

/** The tables of the programme's rules: people, the review queue, durable jobs, credentials that replace each other. */
export async function addRules(db: Kysely<unknown>, sqlite: boolean) {
  const run = (text: string) => sql.raw(text).execute(db)
  for (const [name, definition] of Object.entries(tables))
    await run(`create table ${name} (${definition})${sqlite ? ' strict' : ''}`)
  for (const column of columns) await run(`alter table ${column}`)
  for (const index of indexes) await run(index)
  // A lock covers the whole person now, so attempts need no lock of their own.
  await run('drop index result_attempt')
  await run('drop table attempt')
  await fill(db as Kysely<Tables>)
}

const pageSize = 500

/** Copies existing data into the new columns, page by page. */
async function fill(db: Kysely<Tables>) {
  for (let last: Key | undefined, more = true; more; ) {
    const page = await resultsAfter(db, last)
    for (const row of page) await fillResult(db, row)
    last = page.at(-1)
    more = page.length === pageSize
  }
  for (let last = '', more = true; more; ) {
    const page = await credentialsAfter(db, last)
    for (const row of page)
      await db
        .updateTable('credential')
        .set({
          data_integrity_key: keyOfCredential(row.data_integrity),
          credential_jwt_key: keyOfJwt(row.credential_jwt),
        })
        .where('id', '=', row.id)
        .execute()
    last = page.at(-1)?.id ?? ''
    more = page.length === pageSize
  }
}

type Key = { source: string; result_id: string }

function resultsAfter(db: Kysely<Tables>, last: Key | undefined) {
  const { source = '', result_id = '' } = last ?? {}
  return db
    .selectFrom('result')
    .select(['source', 'result_id', 'body'])
    .where((is) =>
      is.or([
        is('source', '>', source),
        is.and([is('source', '=', source), is('result_id', '>', result_id)]),
      ]),
    )
    .orderBy('source')
    .orderBy('result_id')
    .limit(pageSize)
    .execute()
}

function credentialsAfter(db: Kysely<Tables>, last: string) {
  return db
    .selectFrom('credential')
    .select(['id', 'data_integrity', 'credential_jwt'])
    .where('id', '>', last)
    .orderBy('id')
    .limit(pageSize)
    .execute()
}

async function fillResult(db: Kysely<Tables>, { source, result_id, body }: Key & { body: string }) {
  await addCandidate(db, JSON.parse(body) as ExamResult)
  const messages = await db
    .selectFrom('result_message')
    .select('body')
    .where('source', '=', source)
    .where('result_id', '=', result_id)
    .orderBy('revision', 'desc')
    .execute()
  const word = messages.find((message) => isWord(JSON.parse(message.body) as ExamResult))
  await db
    .updateTable('result')
    .set({ word: word?.body ?? null })
    .where('source', '=', source)
    .where('result_id', '=', result_id)
    .execute()
}

const isWord = ({ released, outcome }: ExamResult) => released && outcome !== 'under-review'

async function addCandidate(db: Kysely<Tables>, { source, candidate }: ExamResult) {
  const there = await db
    .selectFrom('candidate')
    .select('person_id')
    .where('source', '=', source)
    .where('candidate_id', '=', candidate.id)
    .executeTakeFirst()
  if (there) return
  // A migration has no source of randomness; the id is internal.
  const id = createHash('sha256').update(`${source} ${candidate.id}`).digest('hex')
  await db.insertInto('person').values({ id }).execute()
  await db
    .insertInto('candidate')
    .values({
      source,
      candidate_id: candidate.id,
      person_id: id,
      full_name: candidate.fullName,
      latin_name: candidate.latinName ?? null,
      email: candidate.email.trim().toLowerCase(),
      locale: candidate.locale ?? null,
    })
    .execute()
}

function keyOfCredential(credential: string | null): string | null {
  if (!credential) return null
  const { proof } = JSON.parse(credential) as { proof?: { verificationMethod: string }[] }
  return proof?.[0]?.verificationMethod.split('#')[1] ?? null
}

function keyOfJwt(jwt: string | null): string | null {
  if (!jwt) return null
  const header = Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString()
  return (JSON.parse(header) as { kid: string }).kid.split('/').at(-1) ?? null
}
