import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from '../../../../schemas/type.ts'
import { eraseAccount } from '../../../actions/holders/erase-account.ts'
import { exportAccount } from '../../../actions/holders/export-account.ts'
import {
  addressMistake,
  makeMain,
  removeHolderAddress,
} from '../../../actions/holders/holder-addresses.ts'
import { endHolderSessions } from '../../../actions/holders/holder-sessions.ts'
import { listHolderBadges } from '../../../actions/holders/read-holder-badges.ts'
import { signOut } from '../../../actions/holders/sign-in.ts'
import { requestAddress } from '../../../actions/mailing/request-links.ts'
import { erasedPage, erasePage } from '../../../pages/my/account/erase-page.ts'
import { clearSession } from '../../cookies.ts'
import { formFields, pageFacts, sendPage, takeForms } from '../../forms.ts'
import { type AccountNotice, showHolderAccount } from '../../holder-account.ts'
import { holderWords } from '../../languages.ts'
import { fewMails, limitCallers } from '../../limits.ts'
import { ownerFor, ownersOnly } from '../../owners.ts'
import type { App, HttpTools } from '../../tools.ts'

const schema = { hide: true }
const EmailForm = Type.Object({ ...formFields, email: Type.String({ maxLength: 254 }) })
const EraseForm = Type.Object({
  ...formFields,
  copies: Type.Enum(['keep', 'revoke']),
  sure: Type.Optional(Type.Literal('on')),
})
const dones = [
  'address-added',
  'address-main',
  'address-removed',
  'address-asked',
  'session-ended',
  'profile',
] as const

/** The holder's addresses and sessions, the export of their data, and the erasure of the account. */
export async function accountRoutes(app: App, tools: HttpTools) {
  ownersOnly(app, tools)
  await takeForms(app, tools)
  await limitCallers(app)
  const backTo = (reply: FastifyReply, done: (typeof dones)[number]) =>
    reply.redirect(`/my/account?done=${done}`, 303)

  app.get(
    '/my/account',
    { schema: { ...schema, querystring: Type.Object({ done: Type.Optional(Type.String()) }) } },
    async (request, reply) => {
      const t = holderWords(tools, request, reply)
      const done = dones.find((each) => each === request.query.done)
      const notice = done && { done: t.say(`my.done.${done}`) }
      return sendPage(reply, await showHolderAccount(tools, request, reply, notice))
    },
  )

  app.post(
    '/my/addresses',
    { schema: { ...schema, body: EmailForm }, config: fewMails },
    async (request, reply) => {
      const { account } = ownerFor(request)
      const { email } = request.body
      const mistake = addressMistake(account, email)
      const t = holderWords(tools, request, reply)
      if (mistake)
        return sendPage(
          reply,
          await showHolderAccount(tools, request, reply, {
            mistake: t.say(`my.mistake.${mistake}`),
          }),
          422,
        )
      await requestAddress(tools, { accountId: account.id, email, lang: t.lang })
      return backTo(reply, 'address-asked')
    },
  )

  app.post(
    '/my/addresses/main',
    { schema: { ...schema, body: EmailForm } },
    async (request, reply) => {
      await makeMain(tools, { accountId: ownerFor(request).account.id, email: request.body.email })
      return backTo(reply, 'address-main')
    },
  )

  app.post(
    '/my/addresses/remove',
    { schema: { ...schema, body: EmailForm } },
    async (request, reply) => {
      const { id: accountId } = ownerFor(request).account
      await removeHolderAddress(tools, { accountId, email: request.body.email })
      return backTo(reply, 'address-removed')
    },
  )

  app.post(
    '/my/sessions/end',
    {
      schema: {
        ...schema,
        body: Type.Object({ ...formFields, id: Type.String({ maxLength: 36 }) }),
      },
    },
    async (request, reply) => {
      await endHolderSessions(tools, ownerFor(request).session, request.body.id)
      return backTo(reply, 'session-ended')
    },
  )

  app.post('/my/sign-out', { schema }, async (request, reply) => {
    await signOut(tools, ownerFor(request).session)
    clearSession(tools, reply)
    return reply.redirect('/sign-in', 303)
  })

  app.get('/my/export', { schema }, async (request, reply) => {
    const { id: accountId } = ownerFor(request).account
    const bytes = await exportAccount(tools, { accountId }, holderWords(tools, request, reply))
    return reply
      .type('application/zip')
      .header('content-disposition', 'attachment; filename="badges-and-data.zip"')
      .send(Buffer.from(bytes))
  })

  app.get('/my/erase', { schema }, async (request, reply) =>
    sendPage(reply, await leaving(tools, request, reply)),
  )

  app.post('/my/erase', { schema: { ...schema, body: EraseForm } }, async (request, reply) => {
    const { copies, sure } = request.body
    if (sure !== 'on') {
      const mistake = holderWords(tools, request, reply).say('my.mistake.sure')
      return sendPage(reply, await leaving(tools, request, reply, { mistake }), 422)
    }
    await eraseAccount(tools, { accountId: ownerFor(request).account.id, copies })
    clearSession(tools, reply)
    return sendPage(
      reply,
      erasedPage(pageFacts(tools, request, reply), holderWords(tools, request, reply)),
    )
  })
}

async function leaving(
  tools: HttpTools,
  request: FastifyRequest,
  reply: FastifyReply,
  notice: AccountNotice = {},
) {
  const badges = await listHolderBadges(tools, ownerFor(request).account)
  const facts = { ...pageFacts(tools, request, reply), ...notice, signedIn: true, badges }
  return erasePage(facts, holderWords(tools, request, reply))
}
