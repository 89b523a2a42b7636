import { ProblemDocument } from '../../../../schemas/problem.ts'
import { Type } from '../../../../schemas/type.ts'
import { readOpenJobs } from '../../../actions/operating/read-jobs.ts'
import { guards } from '../../guards.ts'
import type { App, HttpTools } from '../../tools.ts'

/** Blazon's own metrics, for Prometheus. */
export function metricsRoutes(app: App, tools: HttpTools) {
  const guard = guards(app, tools)
  app.get(
    '/metrics',
    {
      onRequest: guard('metrics:read'),
      schema: {
        tags: ['Health'],
        summary: 'Metrics in Prometheus’ text format',
        security: [{ apiKey: ['metrics:read'] }],
        response: { 200: Type.String(), '4xx': ProblemDocument },
      },
    },
    async (_request, reply) => {
      const { type, text } = await tools.metrics.read(await readOpenJobs(tools))
      return reply.type(type).send(text)
    },
  )
}
