import type { PrivacyNotice } from '../../domain/holders/privacy-notice.ts'
import type { Words } from '../../words/words.ts'
import { noticesStylePath } from '../assets.ts'
import { contactLines } from '../kit/contact.ts'
import { type Html, html } from '../kit/html.ts'
import { inLanguage } from '../kit/in-language.ts'
import { layout, lines, part } from '../kit/layout.ts'
import { link } from '../kit/links.ts'
import { rich } from '../kit/rich.ts'
import { table } from '../kit/table.ts'

/** Who processes candidates' data, what is stored, why and for how long, and what others can see. */
export function privacyPage(notice: PrivacyNotice, t: Words): string {
  const { issuer, policy, contact } = notice
  const named = { issuer: issuer.name }
  return layout(
    {
      title: `${t.say('privacy.title')} · ${issuer.name}`,
      issuerName: issuer.name,
      indexable: true,
      head: html`<meta name="description" content="${t.say('privacy.description', named)}">
<link rel="stylesheet" href="${noticesStylePath}">
`,
      body: html`<div class="opening wide"><p class="eyebrow">${issuer.name}</p>
<h1>${t.say('privacy.heading')}</h1>
<p class="lead">${t.say('privacy.lead')}</p></div>
${part('parties', t.say('privacy.parties'), thirdParties(notice, t))}${part(
  'stored',
  t.say('privacy.stored'),
  html`${stored(t)}
<p>${t.say('privacy.stored.kept')}</p>`,
)}${part(
  'visits',
  t.say('privacy.visits'),
  lines([t.say('privacy.visits.nothing'), t.say('privacy.visits.log')]),
)}${part(
  'public',
  t.say('privacy.public'),
  lines([
    t.say('privacy.public.nothing'),
    t.say('privacy.public.page'),
    t.say('privacy.public.found'),
    ...(notice.scores ? [t.say('privacy.public.score')] : []),
  ]),
)}${part(
  'files',
  t.say('privacy.files'),
  lines([
    t.say('privacy.files.text'),
    t.say(notice.emailHash ? 'privacy.files.hash' : 'privacy.files.noHash'),
    t.say('privacy.files.recall'),
  ]),
)}${part(
  'rights',
  t.say('privacy.rights'),
  html`<p>${t.say('privacy.rights.ask', named)}${policy !== undefined && html` ${link(policy, t.say('privacy.rights.more'))}`}</p>
<p>${rich(t, 'privacy.rights.self', { account: html`<a href="/my/account">${t.say('privacy.rights.account')}</a>` })}</p>
<p>${t.say('privacy.rights.erased')}</p>
<p>${t.say('privacy.rights.whom')}</p>
${contactLines(contact)}`,
)}`,
    },
    t,
  )
}

const kinds = ['results', 'birth', 'badge', 'account', 'profile', 'review', 'mails', 'log'] as const

function stored(t: Words): Html {
  return table(
    t.say('privacy.stored.caption'),
    [t.say('privacy.stored.what'), t.say('privacy.stored.why'), t.say('privacy.stored.howLong')],
    kinds.map((kind) => [
      html`${t.say(`privacy.stored.${kind}`)} <span>${t.say(`privacy.stored.${kind}.what`)}</span>`,
      t.say(`privacy.stored.${kind}.why`),
      t.say(`privacy.stored.${kind}.howLong`),
    ]),
  )
}

function thirdParties(notice: PrivacyNotice, t: Words): Html {
  const { issuer, updatedOn, policy, terms } = notice
  return html`${notice.thirdParties.length > 0 ? partiesTable(notice, t) : html`<p>${t.say('privacy.parties.none', { issuer: issuer.name })}</p>`}
<p class="note">${t.say('privacy.parties.updated')} <time datetime="${updatedOn}">${t.day(updatedOn)}</time></p>
${
  (policy || terms) &&
  html`<ul class="documents">${policy && html`<li>${link(policy, t.say('privacy.parties.policy'))}</li>`}${terms && html`<li>${link(terms, t.say('privacy.parties.terms'))}</li>`}</ul>`
}`
}

/** The table of third parties. Countries get a column when the programme file names any. */
function partiesTable({ issuer, thirdParties }: PrivacyNotice, t: Words): Html {
  const placed = thirdParties.some((party) => party.country !== undefined)
  return table(
    t.say('privacy.parties.caption', { issuer: issuer.name }),
    [
      t.say('privacy.parties.entity'),
      t.say('privacy.parties.purpose'),
      ...(placed ? [t.say('privacy.parties.country')] : []),
    ],
    thirdParties.map((party) => [
      party.entity,
      inLanguage(party.purpose, issuer, t),
      ...(placed ? [party.country && inLanguage(party.country, issuer, t)] : []),
    ]),
  )
}
