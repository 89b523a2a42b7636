import type { FastifyRequest } from 'fastify'
import { ProblemDocument } from '../../../../schemas/problem.ts'
import { Type } from '../../../../schemas/type.ts'
import { asBearer } from '../../../access/api-keys.ts'
import { acceptStatements } from '../../../actions/intake/accept-statements.ts'
import { adapterOf } from '../../../actions/tools/read-adapters.ts'
import { howMany } from '../../../adapters/message.ts'
import { readStatements } from '../../../adapters/xapi.ts'
import { Problem } from '../../../problem.ts'
import { batchLimit, jsonOf, takeRaw } from '../../bodies.ts'
import { actorFor, guards } from '../../guards.ts'
import type { App, HttpTools } from '../../tools.ts'

const address = '/v1/adapters/:adapter/xapi/statements'
const Adapter = Type.Object({ adapter: Type.String() })
const body = {
  content: {
    'application/json': {
      schema: { description: 'A statement; by POST also a list of them.' },
    },
  },
}
const about = (summary: string) => ({
  tags: ['Exam system'],
  summary,
  description:
    'Verbs passed, failed and voided of http://adlnet.gov/expapi/verbs/. Authorise with an API key of scope `results:write` as a bearer, or as the password of Basic credentials.',
  security: [{ apiKey: ['results:write'] }],
})

/** Intake of xAPI statements (xAPI 1.0.3, part three, 2.1); none are given out. */
export function xapiRoutes(app: App, tools: HttpTools) {
  const guard = guards(app, tools, asBearer)
  takeRaw(app, { 'application/json': batchLimit })
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-experience-api-version', versionOf(request) ?? '1.0.3')
  })
  const route = {
    onRequest: guard('results:write'),
    validatorCompiler: () => () => true,
  }
  app.post(
    address,
    {
      ...route,
      schema: {
        ...about('Send xAPI statements'),
        params: Adapter,
        body,
        response: {
          200: { description: 'The ids of the statements.', ...Type.Array(Type.String()) },
          '4xx': ProblemDocument,
        },
      },
    },
    async (request) => take(tools, request, request.params.adapter),
  )
  app.put(
    address,
    {
      ...route,
      schema: {
        ...about('Put one xAPI statement'),
        params: Adapter,
        querystring: Type.Object({ statementId: Type.Optional(Type.String({ format: 'uuid' })) }),
        body,
        response: { 204: { description: 'Kept.', type: 'null' }, '4xx': ProblemDocument },
      },
    },
    async (request, reply) => {
      await take(tools, request, request.params.adapter, request.query.statementId ?? '')
      return reply.status(204).send(null)
    },
  )
}

async function take(
  tools: HttpTools,
  request: FastifyRequest,
  name: string,
  statementId?: string,
): Promise<string[]> {
  const { mapping } = adapterOf(tools, name, 'statements')
  if (versionOf(request) === undefined)
    throw new Problem(
      'malformed/xapi-version-missing',
      'Say which version it is: X-Experience-API-Version: 1.0.3 (any 1.0 will do, and 2.0.0).',
    )
  const sent = jsonOf(request.body, 'a statement as JSON', { digits: true })
  const named = statementId === undefined ? sent.value : withId(sent.value, statementId)
  const { statements, mistakes: found } = readStatements(mapping, named, tools.now())
  const mistakes = [...sent.mistakes, ...found]
  if (mistakes.length > 0)
    throw new Problem(
      'invalid/statements-invalid',
      `The statements have ${howMany(mistakes)}; nothing was kept.`,
      mistakes,
    )
  const actor = actorFor(request)
  await acceptStatements(tools, { source: mapping.source, statements, actor })
  return statements.map(({ id }) => id)
}

function versionOf({ headers }: FastifyRequest): '1.0.3' | '2.0.0' | undefined {
  const version = String(headers['x-experience-api-version'] ?? '')
  if (/^1\.0(\.\d+)?$/.test(version)) return '1.0.3'
  return version === '2.0.0' ? version : undefined
}

/** Puts the id of the address into the statement. The body may repeat the id, but not have another. */
function withId(sent: unknown, statementId: unknown) {
  const { id = statementId } = (sent ?? {}) as { id?: unknown }
  const both = [id, statementId].filter((one) => typeof one === 'string')
  const [one, other] = both.map((each) => each.toLowerCase())
  if (!one || one !== other || Array.isArray(sent))
    throw new Problem(
      'malformed/statement-id-differs',
      'Put one statement under its own id: ?statementId=, and in the body the same id or none.',
    )
  return sent !== null && typeof sent === 'object' ? { ...sent, id: statementId } : sent
}
