import { ProblemDocument } from '../../../../schemas/problem.ts'
import {
  ReviewAnswer,
  ReviewDecision,
  ReviewList,
  ReviewState,
} from '../../../../schemas/review.ts'
import { Type } from '../../../../schemas/type.ts'
import { decideReview } from '../../../actions/judging/decide-review.ts'
import { readReviewItem, readReviewList } from '../../../actions/judging/read-review.ts'
import { type ReviewKind, reviewActions } from '../../../domain/rules/review.ts'
import { actorFor, guards } from '../../guards.ts'
import type { App, HttpTools } from '../../tools.ts'

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

const about = (summary: string, scope: string) => ({
  tags: ['Operators'],
  summary,
  security: [{ apiKey: [scope] }],
})

/** The queue of what an operator must decide. */
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
}
