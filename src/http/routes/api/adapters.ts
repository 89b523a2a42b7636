import { IntakeAnswer } from '../../../../schemas/badge.ts'
import { ImportReport } from '../../../../schemas/import-report.ts'
import { ProblemDocument } from '../../../../schemas/problem.ts'
import { Type } from '../../../../schemas/type.ts'
import { acceptArrived } from '../../../actions/intake/accept-arrived.ts'
import { adapterOf } from '../../../actions/tools/read-adapters.ts'
import { mapRecord } from '../../../adapters/map.ts'
import { howMany } from '../../../adapters/message.ts'
import { Problem } from '../../../problem.ts'
import { expectType, fileLimit, jsonOf, messageLimit, refuseArray, takeRaw } from '../../bodies.ts'
import { actorFor, guards } from '../../guards.ts'
import { answerRows, importBody } from '../../row-bodies.ts'
import type { App, HttpTools } from '../../tools.ts'
import { statuses } from './exam-results.ts'

const Adapter = Type.Object({ adapter: Type.String() })
const Resource = Type.Object({ adapter: Type.String(), id: Type.String() })

const about = (summary: string, description: string) => ({
  tags: ['Exam system'],
  summary,
  description: `${description} The adapter is a mapping file of ADAPTERS_DIR.`,
  security: [{ apiKey: ['results:write'] }],
})

/** Intake in vendors' shapes: one resource for each result, and files. */
export function adapterRoutes(app: App, tools: HttpTools) {
  const guard = guards(app, tools)
  takeRaw(app, { 'application/json': messageLimit, 'text/csv': fileLimit })
  app.put(
    '/v1/adapters/:adapter/results/:id',
    {
      onRequest: guard('results:write'),
      validatorCompiler: () => () => true,
      schema: {
        ...about(
          'Put one result, in a vendor’s shape',
          'The same body again is a replay; another one is the next revision.',
        ),
        params: Resource,
        body: {
          content: {
            'application/json': {
              schema: { type: 'object', description: 'As the vendor has it.' },
            },
          },
        },
        response: {
          200: { description: 'A replay, or a message that mints nothing.', ...IntakeAnswer },
          201: { description: 'This message minted a badge.', ...IntakeAnswer },
          202: { description: 'Held, waiting or parked; `reason` says why.', ...IntakeAnswer },
          '4xx': ProblemDocument,
        },
      },
    },
    async (request, reply) => {
      const { adapter, id } = request.params
      const { mapping } = adapterOf(tools, adapter)
      expectType(request, 'application/json')
      const one = 'one result as JSON'
      const { value, mistakes } = jsonOf(request.body, one, { digits: true })
      refuseArray(value, 'one result', 'put each under its own id')
      const given = { row: 1, now: tools.now(), resultId: id, mistakes }
      const row = mapRecord(mapping, value, given)
      if (row.mistakes)
        throw new Problem(
          'invalid/result-invalid',
          `The result has ${howMany(row.mistakes)}; nothing was kept.`,
          row.mistakes,
        )
      const actor = actorFor(request)
      const { how, ...answer } = await acceptArrived(tools, {
        message: row.message,
        sentIds: row.sentIds,
        actor,
      })
      return reply.status(statuses[how]).send(answer)
    },
  )
  app.post(
    '/v1/adapters/:adapter/files',
    {
      onRequest: guard('results:write'),
      validatorCompiler: () => () => true,
      schema: {
        ...about(
          'Send a vendor’s file of results',
          'CSV in the vendor’s columns; answered with a report for each row, as CSV where `Accept` prefers it.',
        ),
        params: Adapter,
        body: { content: { 'text/csv': { schema: { type: 'string' } } } },
        response: { 200: ImportReport, '4xx': ProblemDocument },
      },
    },
    async (request, reply) => {
      const { mapping } = adapterOf(tools, request.params.adapter)
      expectType(request, 'text/csv')
      const outcomes = await importBody(tools, request, {
        body: request.body as Buffer,
        format: mapping,
        encoding: mapping.encoding,
        isNumbered: true,
        actor: actorFor(request),
        send: 'a header and a row for each result',
      })
      return answerRows(request, reply, outcomes)
    },
  )
}
