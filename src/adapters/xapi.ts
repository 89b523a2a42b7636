import type { ExamResult } from '../../schemas/exam-result.ts'
import type { Mapping } from '../../schemas/mapping.ts'
import type { SentIds } from '../domain/people/normal-ids.ts'
import type { FieldError } from '../problem.ts'
import { mapRecord } from './map.ts'
import { valueAt } from './places.ts'

/** One statement: a result under its id, or the statement that another one is void. */
export type Statement = { id: string } & (
  | { message: ExamResult; sentIds?: SentIds | undefined; voids?: never }
  | { voids: string; message?: never; sentIds?: never }
)

const voided = 'http://adlnet.gov/expapi/verbs/voided'
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * Reads one statement or a list of them (xAPI 1.0.3, 2), all or none. `mistakes` are all mistakes of all statements,
 * with their places in the list. A statement must have an id, because it makes sending it again harmless.
 */
export function readStatements(
  mapping: Mapping,
  body: unknown,
  now: string,
): { statements: Statement[]; mistakes: FieldError[] } {
  const list = Array.isArray(body) ? body : [body]
  const statements: Statement[] = []
  const mistakes: FieldError[] = []
  const ids = new Set<string>()
  for (const [index, value] of list.entries()) {
    const read = readStatement(mapping, value, now)
    const found = 'mistakes' in read ? read.mistakes : []
    if ('id' in read) {
      if (ids.has(read.id))
        found.push({
          path: '/id',
          message: 'id is used twice in the list.',
          code: 'duplicate-id',
        })
      ids.add(read.id)
      statements.push(read)
    }
    const place = Array.isArray(body) ? `/${index}` : ''
    mistakes.push(...found.map((each) => ({ ...each, path: `${place}${each.path}` })))
  }
  return { statements, mistakes }
}

function readStatement(
  mapping: Mapping,
  value: unknown,
  now: string,
): Statement | { mistakes: FieldError[] } {
  const given = valueAt(value, '/id')
  const id = typeof given === 'string' ? given : 'none' // This id is refused below, once.
  const mistakes: FieldError[] = []
  if (!uuid.test(id))
    mistakes.push({
      path: '/id',
      message: 'id must be a UUID; give each statement its own.',
      code: 'bad-format',
    })
  if (valueAt(value, '/verb/id') === voided) return readVoiding(value, id, mistakes)
  const homePage = valueAt(value, '/actor/account/homePage')
  if (homePage !== undefined && homePage !== mapping.xapi?.homePage)
    mistakes.push({
      path: '/actor/account/homePage',
      message: `homePage must be ${mapping.xapi?.homePage}: this adapter knows no other accounts.`,
      code: 'not-in-list',
    })
  const resultId = id.toLowerCase()
  const row = mapRecord(mapping, withId(value, resultId), { row: 1, now, resultId })
  // A wrong id was already reported as `id`, so its mistake as resultId is dropped.
  mistakes.push(...(row.mistakes ?? []).filter(({ path }) => path !== '/resultId' || uuid.test(id)))
  if (mistakes.length > 0 || !row.message) return { mistakes }
  return { id: resultId, message: { ...row.message, revision: 1 }, sentIds: row.sentIds }
}

/** Adds the normalised id: UUIDs are the same in either case (RFC 9562, 4). */
function withId(value: unknown, id: string) {
  return value !== null && typeof value === 'object' ? { ...value, id } : value
}

function readVoiding(value: unknown, id: string, mistakes: FieldError[]) {
  const target = valueAt(value, '/object/id')
  const isReference = valueAt(value, '/object/objectType') === 'StatementRef'
  if (!isReference || typeof target !== 'string' || !uuid.test(target))
    mistakes.push({
      path: '/object',
      message: 'object must be a StatementRef with the id of the statement that is void.',
      code: 'bad-format',
    })
  if (mistakes.length > 0) return { mistakes }
  return { id: id.toLowerCase(), voids: String(target).toLowerCase() }
}
