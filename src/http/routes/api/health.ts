import { isReady } from '../../../actions/operating/is-ready.ts'
import { Problem } from '../../../problem.ts'
import type { App, HttpTools } from '../../tools.ts'

/** Health checks for monitoring. */
export function healthRoutes(app: App, tools: HttpTools) {
  const about = (summary: string) => ({ schema: { tags: ['Health'], summary } })
  app.get('/livez', about('Whether the process answers'), async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  )
  app.get(
    '/readyz',
    about('Whether it can work: the database answers'),
    async (_request, reply) => {
      if (!(await isReady(tools)))
        throw new Problem('unavailable/database-silent', 'The database does not answer.')
      return reply.header('cache-control', 'no-store').send({ status: 'ok' })
    },
  )
}
