import { Erasure, ErasureAnswer } from '../../../../schemas/candidate.ts'
import { ProblemDocument } from '../../../../schemas/problem.ts'
import { Eligibility, Merge, MergeAnswer } from '../../../../schemas/review.ts'
import { Type } from '../../../../schemas/type.ts'
import { eraseCandidate } from '../../../actions/holders/erase-account.ts'
import { mergeCandidates } from '../../../actions/judging/merge-candidates.ts'
import { readEligibility } from '../../../actions/judging/read-eligibility.ts'
import { idTrouble, normalId } from '../../../domain/people/normal-ids.ts'
import { Problem } from '../../../problem.ts'
import { actorFor, guards } from '../../guards.ts'
import type { App, HttpTools } from '../../tools.ts'

const Key = Type.Object({ source: Type.String(), id: Type.String() })
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

/** What the programme's rules say about a candidate, and what operators can do for one. */
export function candidateRoutes(app: App, tools: HttpTools) {
  const guard = guards(app, tools)
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
        params: Key,
        querystring: Sitting,
        response: { 200: Eligibility, '4xx': ProblemDocument },
      },
    },
    async (request) => {
      const { source } = request.params
      const id = normalId(request.params.id)
      const trouble = idTrouble(id)
      if (trouble)
        throw new Problem('invalid/address-invalid', 'The address has a mistake.', [
          { path: '/id', message: `id ${trouble}`, code: 'bad-format' },
        ])
      return readEligibility(tools, {
        candidate: { source, id },
        sentId: request.params.id,
        ...request.query,
        actor: actorFor(request),
      })
    },
  )
  app.post(
    '/v1/candidates/:source/:id/erase',
    {
      onRequest: guard('candidates:erase'),
      schema: {
        ...about('Erase a candidate who asked for it, with all their data', 'candidates:erase'),
        params: Key,
        body: Erasure,
        response: { 200: ErasureAnswer, '4xx': ProblemDocument },
      },
    },
    async (request) =>
      eraseCandidate(tools, {
        candidate: request.params,
        copies: request.body.copies,
        actor: actorFor(request),
      }),
  )
}
