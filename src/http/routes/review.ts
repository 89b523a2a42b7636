import { Type } from 'typebox'
import { ProblemDocument } from '../../../schemas/problem.ts'
import {
  Eligibility,
  Merge,
  MergeAnswer,
  ReviewAnswer,
  ReviewDecision,
  ReviewList,
  ReviewState,
} from '../../../schemas/review.ts'
import { decideReview } from '../../actions/decide-review.ts'
import { mergeCandidates } from '../../actions/merge-candidates.ts'
import { readEligibility } from '../../actions/read-eligibility.ts'
import { readReviewItem, readReviewList } from '../../actions/read-review.ts'
import { type ReviewKind, reviewActions } from '../../domain/review.ts'
import { actorFor, guards } from '../guards.ts'
import type { App, HttpTools } from '../tools.ts'

const Id = Type.Object({ id: Type.String({ pattern: '^[0-9a-f]{32}$' }) })
const Queue = Type.Object(
  {
    state: Type.Optional(ReviewState),
    kind: Type.Optional(Type.Enum(Object.keys(reviewActions) as ReviewKind[])),
    limit: Type.Optional(
      Type.String({
        pattern: '^([1-9]\\d?|1\\d\\d|200)$',
        description: 'From 1 to 200; 50 by default.',
      }),
    ),
    after: Type.Optional(Type.String({ pattern: '^[0-9a-f]{32}$' })),
  },
  { additionalProperties: false },
)
const Sitting = Type.Object(
  {
    exam: Type.String({ minLength: 1, maxLength: 64 }),
    on: Type.Optional(
      Type.String({
        format: 'date',
        description: 'The scheduled start, a day in the programme’s zone; today by default.',
      }),
    ),
  },
  { additionalProperties: false },
)

const about = (summary: string, scope: string) => ({
  tags: ['Operators'],
  summary,
  security: [{ apiKey: [scope] }],
})

/** What waits for an operator, and what the programme's rules say of a candidate. */
export function reviewRoutes(app: App, tools: HttpTools) {
  const guard = guards(app, tools)
  app.get(
    '/v1/review',
    {
      onRequest: guard('review'),
      schema: {
        ...about('What waits for an operator, oldest first', 'review'),
        querystring: Queue,
        response: { 200: ReviewList, '4xx': ProblemDocument },
      },
    },
    async (request) => {
      const { state = 'open', limit = '50', ...page } = request.query
      return readReviewList(tools, {
        ...page,
        state,
        limit: Number(limit),
        actor: actorFor(request),
      })
    },
  )
  app.get(
    '/v1/review/:id',
    {
      onRequest: guard('review'),
      schema: {
        ...about('One item of the review queue', 'review'),
        params: Id,
        response: { 200: ReviewAnswer, '4xx': ProblemDocument },
      },
    },
    async (request) => readReviewItem(tools, { id: request.params.id, actor: actorFor(request) }),
  )
  app.post(
    '/v1/review/:id/decide',
    {
      onRequest: guard('review'),
      schema: {
        ...about('Decide an item; deciding the same again changes nothing', 'review'),
        params: Id,
        body: ReviewDecision,
        response: { 200: ReviewAnswer, '4xx': ProblemDocument },
      },
    },
    async (request) =>
      decideReview(tools, {
        id: request.params.id,
        decision: request.body,
        actor: actorFor(request),
      }),
  )
  app.post(
    '/v1/candidates/merge',
    {
      onRequest: guard('review'),
      schema: {
        ...about('Make two candidates one person', 'review'),
        body: Merge,
        response: { 200: MergeAnswer, '4xx': ProblemDocument },
      },
    },
    async (request) => mergeCandidates(tools, { merge: request.body, actor: actorFor(request) }),
  )
  app.get(
    '/v1/candidates/:source/:id/eligibility',
    {
      onRequest: guard('candidates:read'),
      schema: {
        ...about('Whether a candidate may sit an exam', 'candidates:read'),
        tags: ['Exam system'],
        params: Type.Object({ source: Type.String(), id: Type.String() }),
        querystring: Sitting,
        response: { 200: Eligibility, '4xx': ProblemDocument },
      },
    },
    async (request) => {
      const { source, id } = request.params
      return readEligibility(tools, {
        candidate: { source, id },
        ...request.query,
        actor: actorFor(request),
      })
    },
  )
}
