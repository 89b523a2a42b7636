import type { HolderBadge } from '../../../domain/holders/holder-view.ts'
import type { Words } from '../../../words/words.ts'
import { type Html, html, type Printable } from '../../kit/html.ts'
import { inLanguage } from '../../kit/in-language.ts'
import { part } from '../../kit/layout.ts'
import { code } from '../../kit/links.ts'
import { rich } from '../../kit/rich.ts'
import { alone } from '../claim/sign-in-page.ts'
import { choices, toggle } from '../kit/fields.ts'
import { form, type HolderPageFacts, holderPage } from '../kit/holder-page.ts'

/** What an erasure deletes and what stays, before the holder decides. */
export function erasePage(facts: HolderPageFacts & { badges: HolderBadge[] }, t: Words): string {
  return holderPage(
    { ...facts, signedIn: true },
    {
      title: t.say('erase.title'),
      again: { path: '/my/erase' },
      body: html`<div class="opening wide"><p class="eyebrow"><a href="/my/account">${t.say('account.title')}</a></p>
<h1>${t.say('erase.title')}</h1>
<p class="lead">${t.say('erase.lead')}</p></div>
${part('goes', t.say('erase.goes'), list([...facts.badges.map(named(t)), ...goes.map((each) => t.say(`erase.goes.${each}`))]))}${part('stays', t.say('erase.stays'), list(stays.map((each) => t.say(`erase.stays.${each}`))))}${part('decide', t.say('erase.decide'), decide(facts, t))}`,
    },
    t,
  )
}

/** The page after an erasure; the holder has no account any more. */
export function erasedPage(facts: { issuerName: string }, t: Words): string {
  const title = t.say('erased.title')
  const body = html`<p class="lead">${t.say('erased.text')}</p>
<p>${t.say('erased.files')}</p>`
  return holderPage(
    { ...facts, token: '' },
    { title, again: { path: '/sign-in' }, body: alone(title, body) },
    t,
  )
}

const goes = ['name', 'pages', 'results', 'account', 'profile'] as const
const stays = ['code', 'attempts', 'handle', 'status', 'log', 'copies'] as const

const named = (t: Words) => (badge: HolderBadge) =>
  rich(t, 'erase.goes.badge', {
    achievement: inLanguage(badge.view.achievement.name, badge.view.achievement, t),
    number: code(badge.view.certificationNumber),
  })

function list(texts: Printable[]): Html {
  return html`<ul class="plain-list">${texts.map((text) => html`<li>${text}</li>\n`)}</ul>`
}

function decide(facts: HolderPageFacts, t: Words): Html {
  const options = (['keep', 'revoke'] as const).map((value) => ({
    value,
    label: t.say(`erase.copies.${value}`),
    note: t.say(`erase.copies.${value}.text`),
  }))
  return form(
    '/my/erase',
    facts,
    html`${choices('copies', t.say('erase.copies'), options, 'keep')}${toggle('sure', { label: t.say('erase.sure'), on: false, required: true })}<div class="actions"><button class="button danger" type="submit">${t.say('erase.button')}</button><a class="button second" href="/my/account">${t.say('erase.back')}</a></div>`,
  )
}
