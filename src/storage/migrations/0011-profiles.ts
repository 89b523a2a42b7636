import { type Kysely, sql } from 'kysely'

/** Keys are found by their beginning, so they are ordered by bytes, whatever language the database sorts by. */
const tables = (bytes: string) => ({
  profile: `account_id text primary key references account (id), handle text not null unique, shown integer not null,
    name_display text not null, discoverable integer not null`,
  former_handle: `handle text primary key, account_id text references account (id), until text not null`,
  directory: `key text${bytes} not null, valid_from text${bytes} not null, badge_id text not null references badge (id),
    valid_until text${bytes} not null, achievement text not null, slug text not null, primary key (badge_id, key)`,
})

const indexes = [
  'create index profile_found on profile (handle) where shown = 1 and discoverable = 1',
  'create index former_handle_account on former_handle (account_id)',
  'create index former_handle_until on former_handle (until)',
  'create index directory_newest on directory (key, valid_from desc, badge_id, valid_until, achievement, slug)',
  'create index directory_until on directory (valid_until)',
]

/** Public profiles, and the directory's index of badges. */
export async function addProfiles(db: Kysely<unknown>, sqlite: boolean) {
  const run = (text: string) => sql.raw(text).execute(db)
  for (const [name, definition] of Object.entries(tables(sqlite ? '' : ' collate "C"')))
    await run(`create table ${name} (${definition})${sqlite ? ' strict' : ''}`)
  for (const index of indexes) await run(index)
  await fillDirectory(db)
}

type Row = {
  id: string
  slug: string
  issued_at: string | null
  revoked_at: string | null
  suspended_at: string | null
  visibility: string
  achievement: string
  name_display: string
  full_name: string
  latin_name: string | null
  valid_from: string
  valid_until: string
}

/** The directory's keys as of this version. The code below is a frozen copy: later rules have their own migrations. */
async function fillDirectory(db: Kysely<unknown>) {
  const { rows } =
    await sql<Row>`select id, slug, issued_at, revoked_at, suspended_at, visibility, achievement, name_display,
    full_name, latin_name, valid_from, valid_until from badge where discoverable = 1`.execute(db)
  for (const row of rows)
    for (const key of keysOf(row))
      await sql`insert into directory (key, valid_from, badge_id, valid_until, achievement, slug) values
        (${key}, ${row.valid_from}, ${row.id}, ${row.valid_until}, ${row.achievement}, ${row.slug})`.execute(
        db,
      )
}

function keysOf(row: Row): string[] {
  if (!row.issued_at || row.revoked_at || row.suspended_at || row.visibility !== 'public') return []
  const names = beginnings(shownName(row) ?? '').map((name) => `n:${name}`)
  return ['*', `a:${row.achievement}`, ...new Set(names)]
}

function shownName({ name_display, full_name, latin_name }: Row): string | undefined {
  if (name_display === 'hidden') return undefined
  return name_display === 'initials' ? initials(latin_name ?? full_name) : full_name
}

function initials(name: string): string {
  const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  const words = name.split(/\s+/u).filter((word) => word !== '')
  return words.map((word) => `${[...graphemes.segment(word)][0]?.segment.toUpperCase()}.`).join(' ')
}

const longest = 200
const mostWords = 12

/**
 * A text read from each of its words on, wrapping around: both `ferreira maria` and `maria f` find Maria Ferreira.
 * Scripts without spaces are read from each character on.
 */
function beginnings(text: string): string[] {
  const words = plain(text).split(' ').filter(Boolean)
  const turned = words.map((_, at) => [...words.slice(at), ...words.slice(0, at)].join(' '))
  const inside = words.filter((word) => unspaced.test(word)).flatMap(tails)
  return [...turned.slice(0, mostWords), ...inside.slice(0, 4 * mostWords)].map((each) =>
    each.slice(0, longest).toWellFormed(),
  )
}

const unspaced =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u

function tails(word: string): string[] {
  const letters = [...word]
  return letters.map((_, at) => letters.slice(at).join(''))
}

/** A text without differences of spelling: lower case, no accents, single spaces between words. */
function plain(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u0591-\u05c7\u064b-\u0652]/g, '')
    .toLowerCase()
    .replace(/[łøđıßæœ]/g, (letter) => strokes[letter] ?? letter)
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, longest)
}

const strokes: Record<string, string> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
}
