import type { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { IntakeAnswer } from '../../../../schemas/badge.ts'
import { ExamResult } from '../../../../schemas/exam-result.ts'
import { ImportReport } from '../../../../schemas/import-report.ts'
import { ProblemDocument } from '../../../../schemas/problem.ts'
import { Type } from '../../../../schemas/type.ts'
import { isRightlySigned, isSigned } from '../../../access/webhooks.ts'
import { acceptArrived } from '../../../actions/intake/accept-arrived.ts'
import type { Actor } from '../../../actions/tools/tools.ts'
import { howMany, readMessage } from '../../../adapters/message.ts'
import { Problem } from '../../../problem.ts'
import { contentType, jsonOf, messageLimit, refuseArray, takeRaw } from '../../bodies.ts'
import {
  answerRows,
  endStreamsAtClose,
  importBody,
  takeRows,
  takeStreams,
} from '../../row-bodies.ts'
import type { App, HttpTools } from '../../tools.ts'
import { actorOf } from '../../visitors.ts'

/** The status for each outcome of an accepted message. */
export const statuses = { minted: 201, replayed: 200, recorded: 200, pending: 202 }

const formats = {
  'text/csv': { format: 'csv', send: 'a header and a row for each result' },
  'application/x-ndjson': { format: 'ndjson', send: 'one message a line' },
} as const
const many = 'One result a row; each is kept or refused by itself.'
const text = (description: string) => ({ schema: { type: 'string', description } })

/** Intake of the exam system: one message about one result, or many at once. */
export function examResultRoutes(app: App, tools: HttpTools) {
  // The signature covers the raw bytes, so this route parses its bodies itself.
  takeRaw(app, { 'application/json': messageLimit })
  takeStreams(app, Object.keys(formats))
  const { signal } = endStreamsAtClose(app)
  app.post(
    '/v1/exam-results',
    {
      // The handler checks the schema together with the rules beyond it, so that all mistakes are reported at once.
      validatorCompiler: () => () => true,
      // An API key is checked before the body is read; a signature needs the body.
      onRequest: async (request) => {
        if (!isSigned(request.headers))
          callers.set(request, await actorOf(tools, request, 'results:write'))
      },
      schema: {
        tags: ['Exam system'],
        summary: 'Send one message about one exam result, or many',
        description:
          'Passing mints a badge at once, and once. A message may be sent again; a correction has a higher `revision`. Many at once are NDJSON or CSV, answered with 200 and a line for each row, in their order, as soon as it is stored: in the format of the body, or as JSON where `Accept` prefers it. With an API key they may have any size; a signed body is at most 10 MiB. The columns of CSV are the fields, those of the candidate as `candidate.id`. Authorise with an API key of scope `results:write`, or a Standard Webhooks signature.',
        security: [{ apiKey: ['results:write'] }, { webhook: [] }],
        body: {
          content: {
            'application/json': { schema: ExamResult },
            'application/x-ndjson': text(many),
            'text/csv': text(many),
          },
        },
        response: {
          200: {
            description:
              'A replay, or a message that mints nothing; for many at once the report of each.',
            content: {
              'application/json': { schema: Type.Union([IntakeAnswer, ImportReport]) },
              'application/x-ndjson': text('For NDJSON: an object for each row.'),
              'text/csv': text('For CSV: a row for each row.'),
            },
          },
          201: { description: 'This message minted a badge.', ...IntakeAnswer },
          202: { description: 'Held, waiting or parked; `reason` says why.', ...IntakeAnswer },
          '4xx': ProblemDocument,
        },
      },
    },
    async (request, reply) => {
      const type = contentType(request)
      if (isOfRows(type)) {
        const body = await takeRows(request, { signal, must: !callers.has(request) })
        const actor = await authenticate(tools, request, body)
        const outcomes = await importBody(tools, request, { body, actor, signal, ...formats[type] })
        return answerRows(request, reply, outcomes)
      }
      const body = request.body as unknown as Buffer | undefined
      const actor = await authenticate(tools, request, body)
      const sent = read(body, tools.now())
      const { how, ...answer } = await acceptArrived(tools, { ...sent, actor })
      return reply.status(statuses[how]).header('cache-control', 'no-store').send(answer)
    },
  )
}

/** Callers with an API key, who were checked before the body was read. */
const callers = new WeakMap<FastifyRequest, Actor>()

function isOfRows(type: string): type is keyof typeof formats {
  return Object.hasOwn(formats, type)
}

async function authenticate(
  tools: HttpTools,
  request: FastifyRequest,
  body: Buffer | Readable = Buffer.alloc(0),
): Promise<Actor> {
  const caller = callers.get(request)
  if (caller !== undefined) return caller
  if (Buffer.isBuffer(body) && (await isRightlySigned(request.headers, body, tools.webhookSecrets)))
    return 'webhook'
  throw new Problem(
    'unauthenticated/wrong-signature',
    'The webhook signature is not right: sign the raw body with a secret of WEBHOOK_SECRETS, and send it within five minutes.',
  )
}

function read(body: Buffer | undefined, now: string) {
  const sent = jsonOf(body, 'one message as JSON')
  refuseArray(sent.value, 'one message', 'send many as NDJSON, one a line, or as CSV')
  const { message, sentIds, mistakes } = readMessage(sent.value, now)
  const all = [...sent.mistakes, ...mistakes]
  if (all.length === 0) return { message: message as ExamResult, sentIds }
  throw new Problem(
    'invalid/message-invalid',
    `The message has ${howMany(all)}; nothing was kept.`,
    all,
  )
}
