import { checkOf } from '../../schemas/check-of.ts'
import { ExamResult, type SentResult } from '../../schemas/exam-result.ts'
import { idTrouble, normalId, type SentIds } from '../domain/people/normal-ids.ts'
import { messageMistakes } from '../domain/rules/message-mistakes.ts'
import type { FieldError } from '../problem.ts'

const check = checkOf(ExamResult)

/** One result of many: its message, or all its mistakes. The sender finds it by `row`. */
export type Row = { row: number; resultId?: string } & (
  | { message: SentResult; sentIds?: SentIds | undefined; mistakes?: never }
  | { mistakes: FieldError[]; message?: never }
)

/** A row that is read when it is asked for, so that its reader decides when the work is done. */
export type LazyRow = () => Row

/**
 * Reads a value as a message, with its identifiers normalised. `mistakes` are all reasons why it is not one: those
 * against its schema, and those that a schema cannot express. `now` is an instant.
 */
export function readMessage(
  value: unknown,
  now: string,
): { message: unknown; sentIds: SentIds | undefined; mistakes: FieldError[] } {
  const message = withNormalIds(value)
  const sentIds = otherIds(value, message)
  const mistakes = check(message)
  if (message === null || typeof message !== 'object') return { message, sentIds, mistakes }
  const places = new Set(mistakes.map(({ path }) => path))
  const others = [...idMistakes(message), ...messageMistakes(message, now)]
  const all = [...mistakes, ...others.filter(({ path }) => !places.has(path))]
  return { message, sentIds, mistakes: all }
}

/** The fields of a message that identify a person or thing in another system. */
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

/** The ids of a value as they were sent, if they differ from those of its message. */
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
      return trouble
        ? [{ path, message: `${path.split('/').at(-1)} ${trouble}`, code: 'bad-format' }]
        : []
    },
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/** The number of mistakes, in words. */
export function howMany(mistakes: FieldError[]): string {
  return mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`
}

/** A row from a value that may be a message; `also` are the mistakes of its text. */
export function rowOf(row: number, value: unknown, now: string, also: FieldError[] = []): Row {
  const { message, sentIds, mistakes } = readMessage(value, now)
  const named = nameOf((message as { resultId?: unknown } | null)?.resultId)
  if (mistakes.length + also.length > 0) return { row, ...named, mistakes: [...also, ...mistakes] }
  return { row, ...named, message: message as ExamResult, sentIds }
}

/** The id of a row's result for the report, if the value can be one. */
export function nameOf(resultId: unknown): { resultId?: string } {
  return typeof resultId === 'string' && resultId.length <= longest ? { resultId } : {}
}

const longest = 256 // 128 characters, each of which may be two UTF-16 units
