import { checkOf } from '../../../../schemas/check-of.ts'
import { Bounce, BounceAnswer, MailList, MailPlanned, MailWish } from '../../../../schemas/mail.ts'
import { ProblemDocument } from '../../../../schemas/problem.ts'
import { Type } from '../../../../schemas/type.ts'
import { noteNotification, noteStatus } from '../../../actions/mailing/note-bounce.ts'
import { readMails } from '../../../actions/mailing/read-mails.ts'
import { sendAgain } from '../../../actions/mailing/send-again.ts'
import { Problem } from '../../../problem.ts'
import { actorFor, guards } from '../../guards.ts'
import type { App, HttpTools } from '../../tools.ts'

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) })
const check = checkOf(Bounce)

const about = (summary: string, scope: string) => ({
  tags: ['Operators'],
  summary,
  security: [{ apiKey: [scope] }],
})

/** The state of mails, and sending them again. */
export function mailRoutes(app: App, tools: HttpTools) {
  const guard = guards(app, tools)
  app.get(
    '/v1/badges/:id/mails',
    {
      onRequest: guard('mails:read'),
      schema: {
        ...about('What became of the mails about a badge', 'mails:read'),
        params: Id,
        response: { 200: MailList, '4xx': ProblemDocument },
      },
    },
    async (request) => readMails(tools, { id: request.params.id, actor: actorFor(request) }),
  )
  app.post(
    '/v1/badges/:id/mails',
    {
      onRequest: guard('mails:write'),
      schema: {
        ...about('Send a mail about a badge once more', 'mails:write'),
        params: Id,
        body: MailWish,
        response: { 202: MailPlanned, '4xx': ProblemDocument },
      },
    },
    async (request, reply) => {
      const wish = { id: request.params.id, kind: request.body.kind, actor: actorFor(request) }
      return reply.status(202).send(await sendAgain(tools, wish))
    },
  )
}

/** Where the operator's mail system reports bounces. */
export function bounceRoutes(app: App, tools: HttpTools) {
  const guard = guards(app, tools)
  app.addContentTypeParser('message/rfc822', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
  app.post(
    '/v1/mails/bounces',
    {
      onRequest: guard('mails:write'),
      bodyLimit: 2 * 1024 * 1024,
      // The address takes two kinds of body; only one has a schema.
      validatorCompiler: () => () => true,
      schema: {
        ...about('Report a mail that came back', 'mails:write'),
        description:
          'Send the delivery status notification (RFC 3464) as it came, as `message/rfc822`, or its facts as JSON. A status 5.x.x is permanent; 4.x.x is only noted.',
        body: Bounce,
        response: { 200: BounceAnswer, '4xx': ProblemDocument },
      },
    },
    async (request) => {
      const actor = actorFor(request)
      const body: unknown = request.body
      if (Buffer.isBuffer(body))
        return noteNotification(tools, { text: body.toString('latin1'), actor })
      const mistakes = check(body)
      if (mistakes.length === 0) return noteStatus(tools, body as Bounce, actor)
      throw new Problem('invalid/body-invalid', 'The body has mistakes.', mistakes)
    },
  )
}
