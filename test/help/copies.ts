import { certificationNumber } from '../../src/domain/badge/certification-number.ts'
import { internalId, type Random, slug, uuid } from '../../src/domain/work/random-ids.ts'
import type { Records, Row } from './records.ts'

type Place = { list: number; index: number }
type Tools = { random: Random; nextPlace: () => Place }

/** Which copy it is, and how many days before its original it came to be. */
export type Copy = { number: number; daysBefore: number }

/** What is another's in each copy, by table. */
const own: Record<string, string[]> = {
  person: ['id'],
  candidate: ['candidate_id', 'email'],
  account: ['id'],
  profile: ['handle'],
  result: ['result_id'],
  result_message: ['body_hash'],
  certification: ['number'],
  badge: ['id', 'slug', 'hosted_id', 'subject_id', 'recipient_hash', 'recipient_salt'],
  credential: ['id', 'assertion_id', 'credential_id', 'recipient_hash', 'recipient_salt'],
  share_link: ['id', 'hash'],
  mail: ['id', 'message_id'],
}

/** A function that makes copies of some records, as the JSON texts of their rows. */
export function copier(records: Records[], { random, nextPlace }: Tools) {
  const ids = valuesOf(records, own)
  const words = valuesOf(records, { candidate: ['full_name', 'latin_name'] })
    .flatMap((name) => name.split(' '))
    .filter((word) => /^[A-Z][a-z]+$/.test(word))
  const places = records.find(({ table }) => table === 'credential')?.rows.map(placeTexts) ?? []
  const listed = JSON.stringify(records).match(/"place":\d+/g) ?? []
  const slots = slotsOf(
    [...listed, ...places.flatMap(Object.keys)],
    [...ids, ...words, ...words.map(small)],
  )
  const templates = records.map(({ table, rows }) => ({
    table,
    texts: rows.map((row) => JSON.stringify(row).split(slots)),
  }))
  const instants = templates
    .flatMap(({ texts }) => texts.flatMap((parts) => parts.filter((_, at) => at % 2 === 1)))
    .filter((slot) => instant.test(slot))
  return (copy: Copy): { table: string; texts: string[] }[] => {
    const values = new Map<string, string>()
    for (const each of instants) if (!values.has(each)) values.set(each, earlier(each, copy))
    const at = [...values.values()].find((value) => value.includes('.')) ?? ''
    for (const id of ids) values.set(id, like(id, { ...copy, at, random }))
    for (const [at, word] of words.entries()) {
      const name = anyName(random, at + 2)
      values.set(word, name).set(small(word), small(name))
    }
    for (const text of listed) values.set(text, `"place":${copy.number}`)
    for (const texts of places) {
      const place = nextPlace()
      for (const [text, write] of Object.entries(texts)) values.set(text, write(place))
    }
    return templates.map(({ table, texts }) => ({
      table,
      texts: texts.map((parts) =>
        parts.map((part, at) => (at % 2 === 1 ? values.get(part) : part)).join(''),
      ),
    }))
  }
}

const small = (word: string) => word.toLowerCase()

function valuesOf(records: Records[], columns: Record<string, string[]>): string[] {
  const values = records.flatMap(({ table, rows }) =>
    rows.flatMap((row) => (columns[table] ?? []).map((column) => row[column])),
  )
  return [
    ...new Set(values.filter((value) => typeof value === 'string' && value !== '')),
  ] as string[]
}

const instant = /^\d{4}-\d\d-\d\d(T|$)/
const instants = String.raw`(?<!\d)\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?)?(?!\d)`

/** Matches each of these texts, each of these whole words, and each instant or day. */
function slotsOf(texts: string[], words: string[]): RegExp {
  const any = (all: string[]) =>
    all
      .toSorted((one, other) => other.length - one.length)
      .map(RegExp.escape)
      .join('|')
  return new RegExp(`(${any(texts)}|(?<![\\w-])(?:${any(words)})(?![\\w-])|${instants})`)
}

/** The texts that name the place of a credential in its status list, each with how it names another. */
function placeTexts({ status_list, status_index }: Row): Record<string, (place: Place) => string> {
  return {
    [`"status_list":${status_list},"status_index":${status_index}`]: ({ list, index }) =>
      `"status_list":${list},"status_index":${index}`,
    [`/status/${status_list}#${status_index}`]: ({ list, index }) => `/status/${list}#${index}`,
    [String.raw`/status/${status_list}\"`]: ({ list }) => String.raw`/status/${list}\"`,
    [String.raw`\",\"${status_index}\",\"`]: ({ index }) => String.raw`\",\"${index}\",\"`,
    [String.raw`statusListIndex\":\"${status_index}\"`]: ({ index }) =>
      String.raw`statusListIndex\":\"${index}\"`,
  }
}

/** The instant or day so many days earlier, in the same form. */
function earlier(text: string, { daysBefore }: Copy): string {
  const seconds = Math.round(daysBefore * 86_400)
  const time = Date.parse(text.includes('T') ? `${text}Z` : text) - seconds * 1000
  return new Date(time).toISOString().slice(0, text.length)
}

/** Another id of the same kind. */
function like(id: string, { number, at, random }: Copy & { at: string; random: Random }): string {
  if (/^[\da-f]{8}-[\da-f]{4}-7/.test(id)) return internalId(random, `${at}Z`)
  if (/^[\da-f]{8}-[\da-f]{4}-4/.test(id)) return uuid(random)
  if (/^[\w-]{22}$/.test(id)) return slug(random)
  const [, prefix] = /^(\w+)-\w{4}-\w{4}-\w{2}$/.exec(id) ?? []
  if (prefix) return certificationNumber(prefix, random(9))
  const hex = /[\da-f]{16,}/.exec(id)?.[0]
  if (hex) return id.replace(hex, Buffer.from(random(hex.length / 2)).toString('hex'))
  return id.replace(/(?=@)|$/, `-${number}`)
}

const syllables = 'an be co da el fi ga ho is ju ka li mo na or pe qi ra so ta ul ve wi xu yo za'

/** A word of so many syllables, some more frequent than others. */
function anyName(random: Random, long: number): string {
  const all = syllables.split(' ')
  const letters = [...random(long)].map((byte) => all[Math.floor((byte / 256) ** 1.5 * all.length)])
  const name = letters.join('')
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`
}
