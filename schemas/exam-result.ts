import { type Static, Type } from './type.ts'

/** One line of text: no control characters (a NUL could not be stored), at least one visible character. */
const Line = (maxLength: number) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern: '^(?!\\s*$)[^\\p{Cc}\\p{Cs}]*$',
    description: 'One line of text, not blank, without control characters.',
  })
const Moment = Type.String({ format: 'date-time', maxLength: 40 })

export const Outcome = Type.Enum([
  'passed',
  'failed',
  'aborted',
  'no-show',
  'under-review',
  'invalidated',
])
export type Outcome = Static<typeof Outcome>

export const ResultCandidate = Type.Object(
  {
    id: Line(128),
    fullName: Line(200),
    latinName: Type.Optional(Line(200)),
    givenName: Type.Optional(Line(200)),
    familyName: Type.Optional(Line(200)),
    email: Type.String({
      minLength: 1,
      maxLength: 320,
      description: 'One e-mail address, such as zhang.wei@example.com.',
    }),
    birthDate: Type.Optional(
      Type.String({
        format: 'date',
        description:
          'Only to notice second accounts: a pseudonym made of it and the name is stored, the date itself never.',
      }),
    ),
    locale: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$',
        maxLength: 35,
        description: 'A language tag, such as zh-CN.',
      }),
    ),
  },
  { additionalProperties: false },
)

/** One message of the exam system about one result (programme rules, part 1). */
export const ExamResult = Type.Object(
  {
    source: Type.String({
      pattern: '^[a-z0-9][a-z0-9._-]{0,63}$',
      description: 'Lower-case letters, digits, dots and hyphens; at most 64.',
    }),
    resultId: Line(128),
    revision: Type.Integer({ minimum: 1, maximum: 2147483647 }),
    exam: Line(64),
    outcome: Outcome,
    score: Type.Optional(Line(32)),
    startedAt: Type.Optional(Moment),
    endedAt: Type.Optional(Moment),
    scheduledAt: Type.Optional(Moment),
    occurredAt: Type.Optional(Moment),
    released: Type.Boolean(),
    contentShown: Type.Optional(Type.Boolean()),
    form: Type.Optional(Line(64)),
    delivery: Type.Optional(Line(64)),
    candidate: ResultCandidate,
  },
  {
    additionalProperties: false,
    title: 'ExamResult',
    description: 'One message about one result; a higher `revision` replaces lower ones.',
  },
)
export type ExamResult = Static<typeof ExamResult>

/** A message as sent. A sender without revisions leaves them out: then another body is the next revision. */
export type SentResult = Omit<ExamResult, 'revision'> & { revision?: number }

/**
 * A message as stored: a pseudonym of name and birth date replaces the birth date. If the attempt's end was ahead of
 * Blazon's clock, `receivedAt` is the time by that clock (an ISO instant in whole seconds).
 */
export type KeptMessage = ExamResult & { candidate: { mark?: string }; receivedAt?: string }

export const ResultState = Type.Enum([
  'issued',
  'held',
  'waiting',
  'parked',
  'recorded',
  'outdated',
])
export type ResultState = Static<typeof ResultState>

export const ResultAnswer = Type.Object(
  {
    source: Type.String(),
    resultId: Type.String(),
    revision: Type.Integer(),
    state: ResultState,
    reason: Type.Optional(Type.String({ description: 'Why it is held, waiting or parked.' })),
  },
  { title: 'Result' },
)
export type ResultAnswer = Static<typeof ResultAnswer>
