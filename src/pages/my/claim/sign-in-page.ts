import type { Words } from '../../../words/words.ts'
import { type Html, html } from '../../kit/html.ts'
import { rich } from '../../kit/rich.ts'
import { emailField } from '../kit/fields.ts'
import { buttonForm, form, type HolderPageFacts, holderPage } from '../kit/holder-page.ts'

/** The form that asks for a mailed link. After it was sent (`sent`), the page is the same for every address. */
export function signInPage(facts: HolderPageFacts & { sent?: boolean }, t: Words): string {
  const title = t.say(facts.sent ? 'signIn.sent.title' : 'signIn.title')
  const body = facts.sent
    ? html`<p class="lead">${t.say('signIn.sent')}</p>
<p>${t.say('signIn.sent.spam')}</p>
<details><summary>${t.say('signIn.sent.other')}</summary>
<div class="text">${askForm(facts, t)}</div></details>`
    : html`<p class="lead">${t.say('signIn.lead')}</p>
${askForm(facts, t)}`
  const again = { path: '/sign-in' }
  return holderPage(facts, { title, part: 'claim', again, body: alone(title, body) }, t)
}

function askForm(facts: HolderPageFacts, t: Words): Html {
  return form(
    '/sign-in',
    facts,
    html`${emailField(t.say('signIn.email'), t.say('signIn.email.hint'))}<button class="button" type="submit">${t.say('signIn.mail')}</button>`,
  )
}

/** The state of a mailed link: usable, used or expired, or unknown. */
export type LinkState = 'open' | 'over' | 'unknown'

export type MailedLinkFacts = HolderPageFacts & {
  secret: string
  state: LinkState
  /** Masked, because the visitor may not be its owner. Unknown links have none. */
  email?: string
}

/** The page of a sign-in link. Mail scanners follow links, so only its button signs in. */
export function signInConfirmPage(facts: MailedLinkFacts, t: Words): string {
  const title = t.say(`signIn.${facts.state}`)
  return holderPage(
    facts,
    { title, part: 'claim', body: alone(title, html`${answerTo(facts, t)}`) },
    t,
  )
}

function answerTo(facts: MailedLinkFacts, t: Words): Html {
  const { state, secret, email = '' } = facts
  if (state === 'unknown') return unknownLink(t)
  if (state === 'over') return overLink(facts, { again: `/sign-in/${secret}/again` }, t)
  return html`<p class="lead">${rich(t, 'signIn.open.text', { email: whole(email) })}</p>
${buttonForm(`/sign-in/${secret}`, facts, { label: t.say('signIn.open.button'), kind: '' })}`
}

/** What to do about an unknown link. */
export function unknownLink(t: Words): Html {
  return html`<p class="lead">${t.say('link.unknown.text')}</p>
<p><a class="button" href="/sign-in">${t.say('link.signIn')}</a></p>`
}

/** What to do about a used or expired link: one press mails a new one. */
export function overLink(facts: MailedLinkFacts, { again }: { again: string }, t: Words): Html {
  return html`<p class="lead">${rich(t, 'link.over.text', { email: whole(facts.email ?? '') })}</p>
<div class="actions">${buttonForm(again, facts, { label: t.say('link.again'), kind: '' })}<a class="button second" href="/sign-in">${t.say('link.signIn')}</a></div>`
}

/** An address in a sentence, kept on one line where it fits. */
export function whole(email: string): Html {
  return html`<bdi class="number">${email}</bdi>`
}

/** A page with a single message. */
export function alone(heading: string, body: Html): Html {
  return html`<div class="opening wide"><h1>${heading}</h1>
<div class="text">${body}</div></div>`
}
