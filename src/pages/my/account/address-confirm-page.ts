import type { Words } from '../../../words/words.ts'
import { html } from '../../kit/html.ts'
import { rich } from '../../kit/rich.ts'
import { alone, type MailedLinkFacts, unknownLink, whole } from '../claim/sign-in-page.ts'
import { buttonForm, holderPage } from '../kit/holder-page.ts'

/** The page of a link that proves another address. Only its button proves it. */
export function addressConfirmPage(facts: MailedLinkFacts, t: Words): string {
  const { state, secret, email = '' } = facts
  const title = t.say(`address.${state}`)
  if (state === 'unknown')
    return holderPage(facts, { title, body: alone(title, unknownLink(t)) }, t)
  if (state === 'over') {
    const body = html`<p class="lead">${rich(t, 'address.over.text', { email: whole(email) })}</p>
<p><a class="button" href="/my/account">${t.say('address.over.account')}</a></p>`
    return holderPage(facts, { title, body: alone(title, body) }, t)
  }
  const body = html`<p class="lead">${rich(t, 'address.open.text', { email: whole(email) })}</p>
${buttonForm(`/address/${secret}`, facts, { label: t.say('address.open.button'), kind: '' })}
<p class="note">${t.say('address.open.not')}</p>`
  return holderPage(facts, { title, body: alone(title, body) }, t)
}
