import { NameDisplay } from '../../../../schemas/badge.ts'
import { Type } from '../../../../schemas/type.ts'
import { profileMistake, setProfile } from '../../../actions/holders/set-profile.ts'
import { Problem } from '../../../problem.ts'
import { formFields, sendPage, takeForms } from '../../forms.ts'
import { showHolderAccount } from '../../holder-account.ts'
import { holderWords } from '../../languages.ts'
import { fewNames, limitCallers } from '../../limits.ts'
import { ownerFor, ownersOnly } from '../../owners.ts'
import type { App, HttpTools } from '../../tools.ts'

const ProfileForm = Type.Object({
  ...formFields,
  handle: Type.String({ maxLength: 200 }),
  nameDisplay: NameDisplay,
  shown: Type.Optional(Type.Literal('on')),
  discoverable: Type.Optional(Type.Literal('on')),
})

/** The holder's public profile. Its form is on the account page. */
export async function myProfileRoutes(app: App, tools: HttpTools) {
  ownersOnly(app, tools)
  await takeForms(app, tools)
  await limitCallers(app)
  app.post(
    '/my/profile',
    { schema: { hide: true, body: ProfileForm }, config: fewNames },
    async (request, reply) => {
      const { handle, nameDisplay, shown, discoverable } = request.body
      const profile = {
        handle: handle.trim().toLowerCase(),
        nameDisplay,
        shown: shown === 'on',
        discoverable: discoverable === 'on',
      }
      const accountId = ownerFor(request).account.id
      const mistake =
        profileMistake(profile) ??
        (await setProfile(tools, { accountId, ...profile }).catch(notFree))
      if (!mistake) return reply.redirect('/my/account?done=profile#profile', 303)
      const notice = holderWords(tools, request, reply).say(`my.mistake.${mistake}`)
      const page = await showHolderAccount(tools, request, reply, { mistake: notice, profile })
      return sendPage(reply, page, 422)
    },
  )
}

function notFree(error: unknown): 'handle-taken' {
  if (error instanceof Problem && error.kind === 'conflict') return 'handle-taken'
  throw error
}
