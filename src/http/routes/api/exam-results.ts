import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { IntakeAnswer } from '../../../../schemas/badge.ts'
import { ExamResult } from '../../../../schemas/exam-result.ts'
import { ImportReport } from '../../../../schemas/import-report.ts'
import { ProblemDocument } from '../../../../schemas/problem.ts'
import { isRightlySigned, isSigned } from '../../../access/webhooks.ts'
import { acceptExamResult } from '../../../actions/intake/accept-exam-result.ts'
import { importResults } from '../../../actions/intake/import-results.ts'
import type { Actor } from '../../../actions/tools/tools.ts'
import { nativeCsvRows, nativeNdjsonRows } from '../../../adapters/file-rows.ts'
import { howMany, readMessage } from '../../../adapters/message.ts'
import { Problem } from '../../../problem.ts'
import {
  contentType,
  fileLimit,
  fileTextOf,
  jsonOf,
  messageLimit,
  refuseArray,
  rowLimit,
  sendReport,
  takeRaw,
} from '../../bodies.ts'
import type { App, HttpTools } from '../../tools.ts'
import { actorOf } from '../../visitors.ts'

/** The status for each outcome of an accepted message. */
export const statuses = { minted: 201, replayed: 200, recorded: 200, pending: 202 }

const csvWanted = 'a header and a row for each result'
const many = 'One result a row; each is kept or refused by itself.'
const text = (description: string) => ({ schema: { type: 'string', description } })

/** Intake of the exam system: one message about one result, or many at once. */
export function examResultRoutes(app: App, tools: HttpTools) {
  // The signature covers the raw bytes, so this route parses its bodies itself.
  takeRaw(app, {
    'application/json': messageLimit,
    'application/x-ndjson': fileLimit,
    'text/csv': fileLimit,
  })
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
          'Passing mints a badge at once, and once. A message may be sent again; a correction has a higher `revision`. Many at once are NDJSON or CSV, answered with 200 and a report for each row, as CSV where `Accept` prefers it; the columns of CSV are the fields, those of the candidate as `candidate.id`. Authorise with an API key of scope `results:write`, or a Standard Webhooks signature.',
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
            ...Type.Union([IntakeAnswer, ImportReport]),
          },
          201: { description: 'This message minted a badge.', ...IntakeAnswer },
          202: { description: 'Held, waiting or parked; `reason` says why.', ...IntakeAnswer },
          '4xx': ProblemDocument,
        },
      },
    },
    async (request, reply) => {
      const body = request.body as unknown as Buffer | undefined
      const actor = await authenticate(tools, request, body ?? Buffer.alloc(0))
      const type = contentType(request)
      const given = { now: tools.now(), maxRows: rowLimit, what: 'The body' }
      if (type === 'text/csv') {
        const rows = await nativeCsvRows(fileTextOf(request, csvWanted), given)
        return sendReport(request, reply, await importResults(tools, { rows, actor }))
      }
      if (type === 'application/x-ndjson') {
        const rows = nativeNdjsonRows(fileTextOf(request, 'one message a line'), given)
        return sendReport(request, reply, await importResults(tools, { rows, actor }))
      }
      const sent = read(body, tools.now())
      const { how, ...answer } = await acceptExamResult(tools, { ...sent, actor })
      return reply.status(statuses[how]).header('cache-control', 'no-store').send(answer)
    },
  )
}

/** Callers with an API key, who were checked before the body was read. */
const callers = new WeakMap<FastifyRequest, Actor>()

async function authenticate(
  tools: HttpTools,
  request: FastifyRequest,
  body: Buffer,
): Promise<Actor> {
  const caller = callers.get(request)
  if (caller !== undefined) return caller
  if (await isRightlySigned(request.headers, body, tools.webhookSecrets)) return 'webhook'
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
