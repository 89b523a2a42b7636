import type { FastifyReply, FastifyRequest } from 'fastify'
import { NameDisplay, Visibility } from '../../../../schemas/badge.ts'
import { Type } from '../../../../schemas/type.ts'
import { claimSignedIn } from '../../../actions/holders/claim-badge.ts'
import { listHolderBadges, readHolderBadge } from '../../../actions/holders/read-holder-badges.ts'
import { setHolderPrivacy } from '../../../actions/holders/set-holder-privacy.ts'
import { shareBadge, unshareBadge } from '../../../actions/holders/share-badge.ts'
import { myBadgePage } from '../../../pages/my/badge/badge-page.ts'
import { myBadgesPage } from '../../../pages/my/badge/badges-page.ts'
import { Problem } from '../../../problem.ts'
import { formFields, pageFacts, sendPage, takeForms } from '../../forms.ts'
import { holderWords } from '../../languages.ts'
import { ownerFor, ownersOnly } from '../../owners.ts'
import { policyWithScript } from '../../security.ts'
import type { App, HttpTools } from '../../tools.ts'
import { AnswerForm, readAnswer } from './claim.ts'
import { myFilesRoutes } from './my-files.ts'
import { myNameRoutes } from './my-name.ts'

const schema = { hide: true }
const params = Type.Object({ id: Type.String({ maxLength: 36 }) })
const Switch = Type.Optional(Type.Literal('on'))
const SettingsForm = Type.Object({
  ...formFields,
  visibility: Visibility,
  nameDisplay: NameDisplay,
  discoverable: Switch,
  showExpired: Switch,
})
const ShareForm = Type.Object({
  ...formFields,
  label: Type.String({ maxLength: 60 }),
  withName: Switch,
  withFiles: Switch,
  withCertificate: Switch,
  expires: Type.Enum(['', 'P7D', 'P30D', 'P90D']),
  viewLimit: Type.String({
    pattern: '^([1-9]\\d{0,5})?$',
    description: 'A number from 1, or nothing.',
  }),
})

/** The outcomes of a form, as the address of the next page names them. */
const dones = [
  'claimed',
  'declined',
  'settings',
  'revoked',
  'name-asked',
  'name-taken-back',
] as const
const Done = Type.Object({ done: Type.Optional(Type.String()) })

/** The holder's badges, and the decisions about each. */
export async function myBadgeRoutes(app: App, tools: HttpTools) {
  ownersOnly(app, tools)
  await takeForms(app, tools)
  const facts = (request: FastifyRequest, reply: FastifyReply) => {
    const { policies } = tools.programmes.current().programme
    return {
      ...pageFacts(tools, request, reply),
      signedIn: true,
      preselected: policies.visibilityAtClaim ?? 'private',
    }
  }

  myFilesRoutes(app, tools)
  myNameRoutes(app, tools, facts)

  app.get('/my', { schema }, async (_request, reply) => reply.redirect('/my/badges', 303))

  app.get('/my/badges', { schema }, async (request, reply) => {
    const badges = await listHolderBadges(tools, ownerFor(request).account)
    return sendPage(
      reply,
      myBadgesPage({ ...facts(request, reply), badges }, holderWords(tools, request, reply)),
    )
  })

  app.get(
    '/my/badges/:id',
    { schema: { ...schema, params, querystring: Done } },
    async (request, reply) => {
      const own = await readHolderBadge(tools, ownOf(request))
      const t = holderWords(tools, request, reply)
      const done = dones.find((each) => each === request.query.done)
      const notice = done && { done: t.say(`my.done.${done}`) }
      return sendPage(reply, myBadgePage({ ...facts(request, reply), ...own, ...notice }, t))
    },
  )

  app.post(
    '/my/badges/:id/claim',
    { schema: { ...schema, params, body: AnswerForm } },
    async (request, reply) => {
      const own = ownOf(request)
      await claimSignedIn(tools, { ...own, answer: readAnswer(request.body.answer) })
      const done = request.body.answer === 'decline' ? 'declined' : 'claimed'
      return reply.redirect(`/my/badges/${own.badgeId}?done=${done}`, 303)
    },
  )

  app.post(
    '/my/badges/:id/privacy',
    { schema: { ...schema, params, body: SettingsForm } },
    async (request, reply) => {
      const own = ownOf(request)
      const { visibility, nameDisplay, discoverable, showExpired } = request.body
      const settings = {
        visibility,
        nameDisplay,
        discoverable: discoverable === 'on',
        showExpired: showExpired === 'on',
      }
      await setHolderPrivacy(tools, { ...own, settings })
      return reply.redirect(`/my/badges/${own.badgeId}?done=settings`, 303)
    },
  )

  app.post(
    '/my/badges/:id/links',
    { schema: { ...schema, params, body: ShareForm } },
    async (request, reply) => {
      const own = ownOf(request)
      const t = holderWords(tools, request, reply)
      const { label, withName, withFiles, withCertificate, expires, viewLimit } = request.body
      if (label.trim() === '') {
        const notice = { mistake: t.say('my.mistake.label') }
        const page = { ...facts(request, reply), ...(await readHolderBadge(tools, own)), ...notice }
        return sendPage(reply, myBadgePage(page, t), 422)
      }
      const made = await shareBadge(tools, {
        ...own,
        wanted: {
          label: label.trim(),
          withName: withName === 'on',
          withFiles: withFiles === 'on',
          withCertificate: withCertificate === 'on',
          expiresAt: expires === '' ? null : daysFrom(tools.now(), expires),
          viewLimit: viewLimit === '' ? null : Number(viewLimit),
        },
      })
      // The link's address is not stored, so only this page can show it.
      const page = {
        ...facts(request, reply),
        ...(await readHolderBadge(tools, own)),
        newLink: made,
      }
      reply.header('content-security-policy', policyWithScript)
      return sendPage(reply, myBadgePage(page, t), 201)
    },
  )

  app.post(
    '/my/badges/:id/links/:link/revoke',
    { schema: { ...schema, params: Type.Object({ ...params.properties, link: Type.String() }) } },
    async (request, reply) => {
      const own = ownOf(request)
      await unshareBadge(tools, { ...own, linkId: request.params.link }).catch(alreadyGone)
      return reply.redirect(`/my/badges/${own.badgeId}?done=revoked`, 303)
    },
  )
}

function ownOf(request: FastifyRequest) {
  const { id } = request.params as { id: string }
  return { accountId: ownerFor(request).account.id, badgeId: id }
}

/** A link that is already gone is what the holder asked for. */
function alreadyGone(error: unknown) {
  if (!(error instanceof Problem) || error.kind !== 'not-found') throw error
}

function daysFrom(now: string, duration: string): string {
  const { days } = Temporal.Duration.from(duration)
  return Temporal.Instant.from(now)
    .add({ hours: days * 24 })
    .toString({ fractionalSecondDigits: 3 })
}
