import type { FastifyReply, FastifyRequest } from 'fastify'
import { Visibility } from '../../../../schemas/badge.ts'
import { Type } from '../../../../schemas/type.ts'
import { type Answer, claimByLink, readClaim } from '../../../actions/holders/claim-badge.ts'
import { holderBadge } from '../../../actions/holders/read-holder-badges.ts'
import { agentOf } from '../../../domain/people/session.ts'
import { claimPage } from '../../../pages/my/claim/claim-page.ts'
import { maskEmail } from '../../../pages/my/kit/mask-email.ts'
import type { Words } from '../../../words/words.ts'
import { startSession } from '../../cookies.ts'
import { formFields, pageFacts, sendPage, takeForms } from '../../forms.ts'
import { holderWords } from '../../languages.ts'
import type { App, HttpTools } from '../../tools.ts'

const schema = { hide: true }
const params = Type.Object({ secret: Type.String() })

/** The candidate's answer to a badge. */
export const AnswerForm = Type.Object({
  ...formFields,
  answer: Type.Enum([...Visibility.enum, 'decline']),
})

/** Reads the answer from the form. */
export function readAnswer(answer: string): Answer {
  return answer === 'decline' ? answer : { visibility: answer as (typeof Visibility.enum)[number] }
}

/** Claiming a badge from the mail about it, in two clicks. The second also chooses who may see the badge. */
export async function claimRoutes(app: App, tools: HttpTools) {
  await takeForms(app, tools)
  const show = (request: FastifyRequest, reply: FastifyReply, secret: string) =>
    page(
      tools,
      secret,
      pageFacts(tools, request, reply),
      holderWords(tools, request, reply, 'claim'),
    )

  app.get('/claim/:secret', { schema: { ...schema, params } }, async (request, reply) =>
    sendPage(reply, await show(request, reply, request.params.secret)),
  )

  app.post(
    '/claim/:secret',
    { schema: { ...schema, params, body: AnswerForm } },
    async (request, reply) => {
      const { secret } = request.params
      const answer = readAnswer(request.body.answer)
      const agent = agentOf(request.headers['user-agent'])
      const claimed = await claimByLink(tools, { secret, answer, agent })
      if (!claimed) return sendPage(reply, await show(request, reply, secret), 410)
      startSession(tools, reply, claimed.secret)
      const done = answer === 'decline' ? 'declined' : 'claimed'
      return reply.redirect(`/my/badges/${claimed.badgeId}?done=${done}`, 303)
    },
  )
}

async function page(
  tools: HttpTools,
  secret: string,
  facts: ReturnType<typeof pageFacts>,
  t: Words,
) {
  const claim = await readClaim(tools, secret)
  if (!claim) return claimPage({ ...facts, secret, state: 'unknown' }, t)
  const email = maskEmail(claim.email)
  const badge = await holderBadge(tools, claim.badge, [])
  if (!claim.open || badge.claim !== 'open')
    return claimPage({ ...facts, secret, state: 'over', email }, t)
  const { visibilityAtClaim: preselected = 'private' } =
    tools.programmes.current().programme.policies
  return claimPage({ ...facts, secret, state: 'open', email, badge: { ...badge, preselected } }, t)
}
