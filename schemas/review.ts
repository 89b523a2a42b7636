import { Note, storable } from './badge.ts'
import { type Static, Type } from './type.ts'

export const ReviewState = Type.Enum(['open', 'decided', 'gone'], {
  description: '`gone`: the question no longer arises, and no operator decided it.',
})
export type ReviewState = Static<typeof ReviewState>

/** A question for an operator, open or past. */
export const ReviewAnswer = Type.Object(
  {
    id: Type.String(),
    kind: Type.Enum([
      'unknown-exam',
      'duplicate',
      'content-unknown',
      'retake',
      'revoked',
      'early',
      'overlap',
      'second-account',
      'unprintable-name',
      'somebody-else',
      'name-correction',
    ]),
    state: ReviewState,
    reason: Type.String({ description: 'The finding, in words that an operator can act on.' }),
    actions: Type.Array(Type.String(), { description: 'The possible decisions now.' }),
    source: Type.String(),
    candidateId: Type.String(),
    resultId: Type.Optional(Type.String()),
    facts: Type.Record(Type.String(), Type.Unknown()),
    openedAt: Type.String({ format: 'date-time' }),
    decision: Type.Optional(Type.String()),
    decidedAt: Type.Optional(Type.String({ format: 'date-time' })),
    decidedBy: Type.Optional(Type.String()),
  },
  { title: 'ReviewItem' },
)
export type ReviewAnswer = Static<typeof ReviewAnswer>

export const ReviewList = Type.Object(
  {
    items: Type.Array(ReviewAnswer),
    next: Type.Optional(Type.String({ description: 'Give it as `after` for the next page.' })),
  },
  { title: 'ReviewList' },
)
export type ReviewList = Static<typeof ReviewList>

export const ReviewDecision = Type.Object(
  {
    action: Type.Enum([
      'issue',
      'deny',
      'revoke',
      'ignore',
      'separate',
      'count',
      'dismiss',
      'supersede',
      'keep',
      'merge',
      'approve',
      'refuse',
      'accept',
      'release',
    ]),
    note: Type.Optional(Note),
    answer: Type.Optional(
      Type.String({
        maxLength: 500,
        pattern: storable,
        description:
          'The answer that the candidate reads beside the decision on a `name-correction`; Unicode text without NUL.',
      }),
    ),
  },
  { additionalProperties: false, title: 'ReviewDecision' },
)
export type ReviewDecision = Static<typeof ReviewDecision>

const Key = Type.Object(
  {
    source: Type.String({ minLength: 1, maxLength: 64 }),
    id: Type.String({ minLength: 1, maxLength: 128 }),
  },
  { additionalProperties: false },
)

/** Two candidates who are one person: all candidates of `from` join `into`. */
export const Merge = Type.Object(
  { into: Key, from: Key, note: Type.Optional(Note) },
  { additionalProperties: false, title: 'Merge' },
)
export type Merge = Static<typeof Merge>

export const MergeAnswer = Type.Object(
  { candidates: Type.Array(Type.Object({ source: Type.String(), id: Type.String() })) },
  { title: 'Person', description: 'Every candidate that is this person now.' },
)
export type MergeAnswer = Static<typeof MergeAnswer>

/** Whether a candidate may sit an exam. Blazon advises; the exam platform enforces (programme rules, part 4). */
export const Eligibility = Type.Object(
  {
    eligible: Type.Boolean(),
    earliest: Type.Optional(
      Type.String({
        format: 'date',
        description: 'The first day, in the programme’s zone, that a new attempt may start.',
      }),
    ),
    reason: Type.String(),
    failures: Type.Array(
      Type.Object({
        resultId: Type.Optional(
          Type.String({ description: 'Absent for a candidate who has erased their data.' }),
        ),
        date: Type.String({ format: 'date' }),
        outcome: Type.String(),
      }),
      { description: 'Counted failures in a row since the last pass, oldest first.' },
    ),
  },
  { title: 'Eligibility' },
)
export type Eligibility = Static<typeof Eligibility>
