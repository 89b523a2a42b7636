import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from '../../../../schemas/type.ts'
import { askForName, takeBackName } from '../../../actions/holders/ask-for-name.ts'
import { readHolderBadge } from '../../../actions/holders/read-holder-badges.ts'
import type { WishMistake } from '../../../domain/holders/name-wish.ts'
import { type MyBadgeFacts, myBadgePage } from '../../../pages/my/badge/badge-page.ts'
import { formFields, sendPage } from '../../forms.ts'
import { holderWords } from '../../languages.ts'
import { ownerFor } from '../../owners.ts'
import type { App, HttpTools } from '../../tools.ts'

const params = Type.Object({ id: Type.String({ maxLength: 36 }) })
// The handler refuses a name that is too long, on a page that keeps what was typed.
const Text = Type.String({ maxLength: 4000 })
const WishForm = Type.Object({ ...formFields, fullName: Text, latinName: Text, reason: Text })

type PageFacts = Omit<MyBadgeFacts, 'badge' | 'history' | 'naming'>

/** "My name is wrong": asking for another name, and withdrawing the request. */
export function myNameRoutes(
  app: App,
  tools: HttpTools,
  facts: (request: FastifyRequest, reply: FastifyReply) => PageFacts,
) {
  app.post(
    '/my/badges/:id/name',
    { schema: { hide: true, params, body: WishForm } },
    async (request, reply) => {
      const own = ownOf(request)
      const { fullName, latinName, reason } = request.body
      const wish = { fullName, latinName, reason }
      const mistake = await askForName(tools, { ...own, wish })
      if (!mistake) return reply.redirect(`/my/badges/${own.badgeId}?done=name-asked`, 303)
      const t = holderWords(tools, request, reply)
      const notice = { wish, mistake: t.say(`nameFix.mistake.${mistake}`) }
      const page = { ...facts(request, reply), ...(await readHolderBadge(tools, own)), ...notice }
      return sendPage(reply, myBadgePage(page, t), statuses[mistake] ?? 422)
    },
  )

  app.post(
    '/my/badges/:id/name/take-back',
    { schema: { hide: true, params } },
    async (request, reply) => {
      const own = ownOf(request)
      await takeBackName(tools, own)
      return reply.redirect(`/my/badges/${own.badgeId}?done=name-taken-back`, 303)
    },
  )
}

const statuses: Partial<Record<WishMistake, number>> = { open: 409, often: 429 }

function ownOf(request: FastifyRequest) {
  const { id } = request.params as { id: string }
  return { accountId: ownerFor(request).account.id, badgeId: id }
}
