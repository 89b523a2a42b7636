import { Type } from '../../../../schemas/type.ts'
import { proveAddress, readAddressLink } from '../../../actions/holders/holder-addresses.ts'
import { addressConfirmPage } from '../../../pages/my/account/address-confirm-page.ts'
import { maskEmail } from '../../../pages/my/kit/mask-email.ts'
import { Problem } from '../../../problem.ts'
import { pageFacts, sendPage, takeForms } from '../../forms.ts'
import { holderWords } from '../../languages.ts'
import { ownerFor, ownersOnly } from '../../owners.ts'
import type { App, HttpTools } from '../../tools.ts'

const taken = new Problem(
  'conflict/address-taken',
  'This address belongs to another sign-in that has more than one address.',
  [],
  { word: 'my.mistake.address-taken' },
)
const schema = { hide: true, params: Type.Object({ secret: Type.String() }) }

/** Proving a further e-mail address by a mailed link, in the signed-in browser. */
export async function addressRoutes(app: App, tools: HttpTools) {
  ownersOnly(app, tools)
  await takeForms(app, tools)

  app.get('/address/:secret', { schema }, async (request, reply) => {
    const { secret } = request.params
    const t = holderWords(tools, request, reply)
    const facts = { ...pageFacts(tools, request, reply), signedIn: true, secret }
    const link = await readAddressLink(tools, secret)
    if (!link || link.accountId !== ownerFor(request).account.id)
      return sendPage(reply, addressConfirmPage({ ...facts, state: 'unknown' }, t), 404)
    const state = link.open ? 'open' : 'over'
    return sendPage(reply, addressConfirmPage({ ...facts, state, email: maskEmail(link.email) }, t))
  })

  app.post('/address/:secret', { schema }, async (request, reply) => {
    const { secret } = request.params
    const t = holderWords(tools, request, reply)
    const { id: accountId } = ownerFor(request).account
    const proved = await proveAddress(tools, { accountId, secret })
    if (proved === 'added') return reply.redirect('/my/account?done=address-added', 303)
    if (proved === 'taken') throw taken
    const facts = { ...pageFacts(tools, request, reply), signedIn: true, secret }
    return sendPage(reply, addressConfirmPage({ ...facts, state: 'over', email: '' }, t), 410)
  })
}
