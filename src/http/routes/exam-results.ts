import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifyRequest } from 'fastify'
import { IntakeAnswer } from '../../../schemas/badge.ts'
import { ExamResult } from '../../../schemas/exam-result.ts'
import { ProblemDocument } from '../../../schemas/problem.ts'
import { sentences } from '../../../schemas/sentences.ts'
import { isRightlySigned, isSigned } from '../../access/webhooks.ts'
import { acceptExamResult } from '../../actions/accept-exam-result.ts'
import type { Actor } from '../../actions/tools.ts'
import { messageMistakes } from '../../domain/result.ts'
import { Problem } from '../../problem.ts'
import type { App, HttpTools } from '../tools.ts'
import { actorOf } from '../visitors.ts'

const ajv = new Ajv({ allErrors: true, verbose: true })
addFormats.default(ajv)
const validate = ajv.compile(ExamResult)

const statuses = { minted: 201, replayed: 200, recorded: 200, pending: 202 }

/** The exam system's door: one message about one result. */
export function examResultRoutes(app: App, tools: HttpTools) {
  // The signature is over the raw bytes, so this door reads its JSON itself.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
  app.post(
    '/v1/exam-results',
    {
      bodyLimit: 65536,
      // Held against the schema below, with what a schema cannot say, so that every mistake is told at once.
      validatorCompiler: () => () => true,
      schema: {
        tags: ['Exam system'],
        summary: 'Send one message about one exam result',
        description:
          'Passing mints a badge at once, and once. A message may be sent again; a correction has a higher `revision`. Authorise with an API key of scope `results:write`, or a Standard Webhooks signature.',
        security: [{ apiKey: ['results:write'] }, { webhook: [] }],
        body: ExamResult,
        response: {
          200: { description: 'A replay, or a message that mints nothing.', ...IntakeAnswer },
          201: { description: 'This message minted a badge.', ...IntakeAnswer },
          202: { description: 'Held, waiting or parked; `reason` says why.', ...IntakeAnswer },
          '4xx': ProblemDocument,
        },
      },
    },
    async (request, reply) => {
      const body = request.body as unknown as Buffer | undefined
      const actor = await knock(tools, request, body ?? Buffer.alloc(0))
      const message = read(body, tools.now())
      const { how, ...answer } = await acceptExamResult(tools, { message, actor })
      return reply.status(statuses[how]).header('cache-control', 'no-store').send(answer)
    },
  )
}

async function knock(tools: HttpTools, request: FastifyRequest, body: Buffer): Promise<Actor> {
  if (!isSigned(request.headers)) return actorOf(tools, request, 'results:write')
  if (isRightlySigned(request.headers, body, tools.webhookSecrets)) return 'webhook'
  throw new Problem(
    'unauthenticated',
    'The webhook signature is not right: sign the raw body with a secret of WEBHOOK_SECRETS, and send it within five minutes.',
  )
}

function read(body: Buffer | undefined, now: string): ExamResult {
  const message = parse(body)
  const mistakes = validate(message) ? [] : sentences(validate.errors ?? [])
  const places = new Set(mistakes.map(({ path }) => path))
  if (message !== null && typeof message === 'object')
    mistakes.push(...messageMistakes(message, now).filter(({ path }) => !places.has(path)))
  if (mistakes.length === 0) return message as ExamResult
  throw new Problem(
    'invalid',
    `The message has ${mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`}; nothing was kept.`,
    mistakes,
  )
}

function parse(body: Buffer | undefined): unknown {
  if (!body || body.length === 0)
    throw new Problem('malformed', 'The body is empty; send one message as JSON.')
  const text = decode(body)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Problem('malformed', `The body is not JSON: ${(error as Error).message}.`)
  }
}

function decode(body: Buffer) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw new Problem('malformed', 'The body is not UTF-8.')
  }
}
