import type { HolderSession } from '../../../domain/holders/holder-view.ts'
import type { Account, Address } from '../../../domain/people/account.ts'
import { shownEmail } from '../../../domain/people/mail-address.ts'
import { partsOfAgent } from '../../../domain/people/session.ts'
import { dayOf } from '../../../domain/rules/attempt.ts'
import type { Words } from '../../../words/words.ts'
import { type Html, html } from '../../kit/html.ts'
import { part } from '../../kit/layout.ts'
import { emailField } from '../kit/fields.ts'
import { buttonForm, form, type HolderPageFacts, holderPage } from '../kit/holder-page.ts'
import { tag } from '../kit/state-words.ts'
import { type ProfileFacts, type ProfileFields, profileForm } from './profile-form.ts'

export type AccountFacts = HolderPageFacts & {
  account: Account
  sessions: HolderSession[]
  /** The programme's time zone, in which times are printed. */
  timeZone: string
} & ProfileFacts

export type { ProfileFields }

/** The account page: the holder's addresses, sessions, export and erasure. */
export function accountPage(facts: AccountFacts, t: Words): string {
  return holderPage(
    { ...facts, signedIn: true },
    {
      title: t.say('account.title'),
      again: { path: '/my/account' },
      body: html`<div class="opening wide"><h1>${t.say('account.title')}</h1></div>
${part('addresses', t.say('addresses.heading'), addresses(facts, t))}${part('profile', t.say('myProfile.heading'), profileForm(facts, t))}${part('sessions', t.say('sessions.heading'), sessions(facts, t))}${part(
  'data',
  t.say('data.heading'),
  html`<p>${t.say('data.export.text')}</p>
<p><a class="button second" href="/my/export" download>${t.say('data.export')}</a></p>
<p>${t.say('data.erase.text')} <a href="/my/erase">${t.say('data.erase')}</a></p>`,
)}`,
    },
    t,
  )
}

function addresses(facts: AccountFacts, t: Words): Html {
  const known = facts.account.addresses
  return html`<p>${t.say('addresses.text')}</p>
<ul class="rows">${known.map((address) => addressRow(address, facts, t))}</ul>
<h3>${t.say('addresses.add')}</h3>
${form(
  '/my/addresses',
  facts,
  html`${emailField(t.say('addresses.new'), t.say('addresses.new.hint'))}<button class="button second" type="submit">${t.say('addresses.add.button')}</button>`,
)}`
}

function addressRow({ email, main }: Address, facts: AccountFacts, t: Words): Html {
  const press = (what: 'main' | 'remove') =>
    buttonForm(`/my/addresses/${what}`, facts, {
      label: t.say(`addresses.${what}`),
      about: t.say(`addresses.${what}.about`, { email: shownEmail(email) }),
      kind: 'second small',
      hidden: { email },
    })
  return html`<li><div class="about"><strong><bdi>${shownEmail(email)}</bdi></strong>${main && tag('valid', 'tick', t.say('addresses.isMain'))}</div>
${!main && html`<div class="actions">${press('main')}${press('remove')}</div>`}</li>
`
}

function sessions(facts: AccountFacts, t: Words): Html {
  const others = facts.sessions.some(({ current }) => !current)
  return html`<p>${t.say('sessions.text')}</p>
<ul class="rows">${facts.sessions.map((session) => sessionRow(session, facts, t))}</ul>
<div class="actions">${buttonForm('/my/sign-out', facts, { label: t.say('sessions.signOut'), kind: 'second' })}${
    others &&
    buttonForm('/my/sessions/end', facts, {
      label: t.say('sessions.endOthers'),
      kind: 'second',
      hidden: { id: 'others' },
    })
  }</div>`
}

function sessionRow(session: HolderSession, facts: AccountFacts, t: Words): Html {
  const { id, createdAt, seenAt, current } = session
  const agent = agentWords(session.agent, t)
  const since = t.day(dayOf(createdAt, facts.timeZone))
  return html`<li><div class="about"><strong>${agent}</strong>${current && tag('valid', 'tick', t.say('sessions.this'))}
<p class="note">${t.say('sessions.since', { since, seen: t.moment(seenAt, facts.timeZone) })}</p></div>
${
  !current &&
  buttonForm('/my/sessions/end', facts, {
    label: t.say('sessions.end'),
    about: t.say('sessions.end.about', { agent }),
    kind: 'second small',
    hidden: { id },
  })
}</li>
`
}

function agentWords(agent: string, t: Words): string {
  const { browser = t.say('sessions.browser'), system } = partsOfAgent(agent)
  return system === undefined ? browser : t.say('sessions.agent', { browser, system })
}
