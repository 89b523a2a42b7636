import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { ExamResult, type SentResult } from '../../schemas/exam-result.ts'
import { sentences } from '../../schemas/sentences.ts'
import { idTrouble, normalId, type SentIds } from '../domain/people/identifiers.ts'
import { messageMistakes } from '../domain/rules/message-mistakes.ts'
import { type FieldError, Problem } from '../problem.ts'

const ajv = new Ajv({ allErrors: true, verbose: true })
addFormats.default(ajv)
const validate = ajv.compile(ExamResult)

/** One result out of many: what it says, or every mistake in it. `row` is where the sender finds it. */
export type Row = { row: number; resultId?: string } & (
  | { message: SentResult; sentIds?: SentIds | undefined; mistakes?: never }
  | { mistakes: FieldError[]; message?: never }
)

/**
 * What a value says as a message, its identifiers in their one spelling, and everything that keeps it from being one: what its
 * schema says and what a schema cannot say. `now` is an instant.
 */
export function readMessage(
  value: unknown,
  now: string,
): { message: unknown; sentIds: SentIds | undefined; mistakes: FieldError[] } {
  const message = withNormalIds(value)
  const sentIds = otherIds(value, message)
  const mistakes = validate(message) ? [] : sentences(validate.errors ?? [])
  if (message === null || typeof message !== 'object') return { message, sentIds, mistakes }
  const places = new Set(mistakes.map(({ path }) => path))
  const others = [...idMistakes(message), ...messageMistakes(message, now)]
  const all = [...mistakes, ...others.filter(({ path }) => !places.has(path))]
  return { message, sentIds, mistakes: all }
}

/** The fields of a message that are identifiers: somebody's or something's name in another system. */
export const identifiers = ['resultId', 'exam', 'candidate.id']

type Ids = { resultId?: unknown; exam?: unknown; candidate?: unknown }

function withNormalIds(value: unknown): unknown {
  if (!isObject(value)) return value
  const { candidate } = value
  return {
    ...normalized(value, ['resultId', 'exam']),
    ...(isObject(candidate) && { candidate: normalized(candidate, ['id']) }),
  }
}

function normalized(value: Record<string, unknown>, names: string[]): Record<string, unknown> {
  const ids = names.flatMap((name) => {
    const text = Object.hasOwn(value, name) ? value[name] : undefined
    return typeof text === 'string' ? [[name, normalId(text)]] : []
  })
  return { ...value, ...Object.fromEntries(ids) }
}

/** The ids of a value as they were sent, where they are not those of its message. */
function otherIds(value: unknown, message: unknown): SentIds | undefined {
  const [sent, normal] = [idsOf(value), idsOf(message)]
  return sent && JSON.stringify(sent) !== JSON.stringify(normal) ? sent : undefined
}

function idsOf(value: unknown): SentIds | undefined {
  const { resultId, exam, candidate } = isObject(value) ? value : {}
  const candidateId = isObject(candidate) ? candidate.id : undefined
  const texts = typeof resultId === 'string' && typeof exam === 'string'
  return texts && typeof candidateId === 'string' ? { resultId, exam, candidateId } : undefined
}

function idMistakes({ resultId, exam, candidate }: Ids): FieldError[] {
  const id = isObject(candidate) ? candidate.id : undefined
  return Object.entries({ '/resultId': resultId, '/exam': exam, '/candidate/id': id }).flatMap(
    ([path, text]) => {
      const trouble = typeof text === 'string' ? idTrouble(text) : undefined
      return trouble ? [{ path, message: `${path.split('/').at(-1)} ${trouble}` }] : []
    },
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/** What a file is answered that has more rows than are taken at once. */
export function tooMany(most: number): Problem {
  return new Problem(
    'too-large',
    `The body has more than ${most} rows, and one request takes no more: split it. Nothing was kept.`,
  )
}

/** How many mistakes something has, in words. */
export function howMany(mistakes: FieldError[]): string {
  return mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`
}

/** A row of what may be a message, with the mistakes that its text has besides. */
export function rowOf(row: number, value: unknown, now: string, also: FieldError[] = []): Row {
  const { message, sentIds, mistakes } = readMessage(value, now)
  const named = nameOf((message as { resultId?: unknown } | null)?.resultId)
  if (mistakes.length + also.length > 0) return { row, ...named, mistakes: [...also, ...mistakes] }
  return { row, ...named, message: message as ExamResult, sentIds }
}

/** Rows, of which there must be one; `what` is the subject of the sentence. Throws `malformed`. */
export function someRows(rows: Row[], what: string): Row[] {
  if (rows.length > 0) return rows
  throw new Problem('malformed', `${what} has no rows; nothing was kept.`)
}

/** The result that a row is about, for its report, as far as that can be one. */
export function nameOf(resultId: unknown): { resultId?: string } {
  return typeof resultId === 'string' && resultId.length <= longest ? { resultId } : {}
}

const longest = 256 // 128 characters, some of which may be two of JavaScript's
