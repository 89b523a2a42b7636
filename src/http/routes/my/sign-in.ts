import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from '../../../../schemas/type.ts'
import { signIn } from '../../../actions/holders/sign-in.ts'
import { requestSignIn } from '../../../actions/mailing/request-links.ts'
import { findLink } from '../../../actions/support/mail-links.ts'
import { agentOf } from '../../../domain/people/session.ts'
import { signInConfirmPage, signInPage } from '../../../pages/my/claim/sign-in-page.ts'
import { maskEmail } from '../../../pages/my/kit/mask-email.ts'
import type { Words } from '../../../words/words.ts'
import { startSession } from '../../cookies.ts'
import { formFields, pageFacts, sendPage, takeForms } from '../../forms.ts'
import { holderWords } from '../../languages.ts'
import { fewMails, limitCallers } from '../../limits.ts'
import type { App, HttpTools } from '../../tools.ts'

const schema = { hide: true }
const params = Type.Object({ secret: Type.String() })
const Email = Type.Object({ ...formFields, email: Type.String({ maxLength: 254 }) })

/** Signing in by a mailed link. Mail scanners follow links, so only the button on its page uses it up. */
export async function signInRoutes(app: App, tools: HttpTools) {
  await takeForms(app, tools)
  await limitCallers(app)
  const words = (request: FastifyRequest, reply: FastifyReply) =>
    holderWords(tools, request, reply, 'claim')

  app.get('/sign-in', { schema }, async (request, reply) =>
    sendPage(reply, signInPage(pageFacts(tools, request, reply), words(request, reply))),
  )

  // The page and its timing are the same for known and unknown addresses.
  app.post(
    '/sign-in',
    { schema: { ...schema, body: Email }, config: fewMails },
    async (request, reply) => {
      const t = words(request, reply)
      await requestSignIn(tools, { email: request.body.email, lang: t.lang })
      const facts = { ...pageFacts(tools, request, reply), sent: true }
      return sendPage(reply, signInPage(facts, t), 202)
    },
  )

  app.get('/sign-in/:secret', { schema: { ...schema, params } }, async (request, reply) =>
    sendPage(
      reply,
      await confirmPage(
        tools,
        request.params.secret,
        pageFacts(tools, request, reply),
        words(request, reply),
      ),
    ),
  )

  app.post('/sign-in/:secret', { schema: { ...schema, params } }, async (request, reply) => {
    const { secret } = request.params
    const agent = agentOf(request.headers['user-agent'])
    const signedIn = await signIn(tools, { secret, agent })
    if (!signedIn)
      return sendPage(
        reply,
        await confirmPage(tools, secret, pageFacts(tools, request, reply), words(request, reply)),
        410,
      )
    startSession(tools, reply, signedIn.secret)
    return reply.redirect('/my/badges', 303)
  })

  for (const purpose of ['sign-in', 'claim'] as const)
    app.post(
      `/${purpose}/:secret/again`,
      { schema: { ...schema, params }, config: fewMails },
      async (request, reply) => {
        const found = await findLink(tools, purpose, request.params.secret)
        const t = words(request, reply)
        if (found.state !== 'unknown')
          await requestSignIn(tools, { email: found.link.email, lang: t.lang })
        const facts = { ...pageFacts(tools, request, reply), sent: true }
        return sendPage(reply, signInPage(facts, t), 202)
      },
    )
}

async function confirmPage(
  tools: HttpTools,
  secret: string,
  facts: ReturnType<typeof pageFacts>,
  t: Words,
): Promise<string> {
  const found = await findLink(tools, 'sign-in', secret)
  const link =
    found.state === 'unknown'
      ? { state: found.state }
      : { state: found.state, email: maskEmail(found.link.email) }
  return signInConfirmPage({ ...facts, ...link, secret }, t)
}
