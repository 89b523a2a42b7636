import { domainToASCII } from 'node:url'
import { type Kysely, sql } from 'kysely'

const changes = [
  'alter table result add column contested text',
  // Existing messages count as they were judged; new messages are compared with each other.
  'alter table result_message add column trusted integer not null default 1',
]

/**
 * Messages that may be about another person wait for an operator; addresses are compared with their domains in ASCII.
 */
export async function addPeople(db: Kysely<unknown>) {
  for (const change of changes) await sql.raw(change).execute(db)
  for (const table of ['candidate', 'account_address', 'mail_link', 'mail'])
    await asciiDomains(db, table)
  await dropWrittenMarks(db)
}

/**
 * An address in `sighting` is only a lock, created when needed; one in an old form would outlive the erasure of its
 * candidate.
 */
async function dropWrittenMarks(db: Kysely<unknown>) {
  const { rows } = await sql<{ mark: string }>`select mark from sighting
    where mark like '%@%'`.execute(db)
  for (const { mark } of rows)
    if (asciiForm(mark) !== mark) await sql`delete from sighting where mark = ${mark}`.execute(db)
}

/** An address that two accounts proved, in two forms, stays with both; lookups find the ASCII form from now on. */
async function asciiDomains(db: Kysely<unknown>, table: string) {
  const name = sql.table(table)
  const { rows } = await sql<{ email: string | null }>`select distinct email from ${name}`.execute(
    db,
  )
  for (const { email } of rows) {
    const ascii = email === null ? email : asciiForm(email)
    if (ascii === email) continue
    const free =
      table === 'account_address'
        ? sql`and not exists (select 1 from account_address as other where other.email = ${ascii})`
        : sql``
    await sql`update ${name} set email = ${ascii} where email = ${email} ${free}`.execute(db)
  }
}

/** In lower case and NFC, with the domain in ASCII; an ASCII domain that is not valid IDNA stays unchanged. */
function asciiForm(email: string): string {
  const text = email.trim().normalize('NFC').toLowerCase()
  const at = text.lastIndexOf('@')
  const domain = text.slice(at + 1)
  const plain = /^[ -~]*$/.test(domain) && !domain.includes('xn--')
  return `${text.slice(0, at + 1)}${plain ? domain : domainToASCII(domain) || domain}`
}
