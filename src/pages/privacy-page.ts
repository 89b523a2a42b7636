import type { PrivacyNotice } from '../domain/privacy-notice.ts'
import { noticesStylePath } from './assets.ts'
import { contactLine } from './contact.ts'
import { longDate } from './dates.ts'
import { type Html, html } from './html.ts'
import { layout, lines, part } from './layout.ts'
import { link } from './links.ts'
import { privacyWords as words } from './privacy-words.ts'
import { table } from './table.ts'

/** Who processes candidates' data, what is stored, why and for how long, and what others can see. */
export function privacyPage(notice: PrivacyNotice): string {
  const { issuer, policy, contact } = notice
  const { parties, stored, visits, open, files, rights } = words
  return layout({
    title: `${words.title} · ${issuer.name}`,
    issuerName: issuer.name,
    indexable: true,
    head: html`<meta name="description" content="${words.description(issuer.name)}">
<link rel="stylesheet" href="${noticesStylePath}">
`,
    body: html`<div class="opening wide"><p class="eyebrow">${issuer.name}</p>
<h1>${words.heading}</h1>
<p class="lead">${words.lead}</p></div>
${part('parties', parties.heading, thirdParties(notice))}${part(
  'stored',
  stored.heading,
  html`${table(
    stored.caption,
    Object.values(stored.columns),
    stored.rows.map(({ what, why, howLong }) => [what, why, howLong]),
  )}
<p>${stored.kept}</p>`,
)}${part('visits', visits.heading, lines(visits.text))}${part(
  'public',
  open.heading,
  lines([...open.text, ...(notice.scores ? [open.score] : [])]),
)}${part(
  'files',
  files.heading,
  lines([files.text, notice.emailHash ? files.hash : files.noHash, files.recall]),
)}${part(
  'rights',
  rights.heading,
  html`<p>${rights.ask(issuer.name)}${policy !== undefined && html` ${link(policy, rights.more)}`}</p>
<p>${rights.whom}</p>
<p class="contact">${contactLine(contact)}</p>`,
)}`,
  })
}

function thirdParties({ issuer, thirdParties, updatedOn, policy, terms }: PrivacyNotice): Html {
  const { caption, columns, none, updated, ...words_ } = words.parties
  const placed = thirdParties.some(({ country }) => country !== undefined)
  const rows = thirdParties.map(({ entity, purpose, country = '' }) =>
    placed ? [entity, purpose, country] : [entity, purpose],
  )
  const heads = placed
    ? [columns.entity, columns.purpose, columns.country]
    : [columns.entity, columns.purpose]
  return html`${rows.length > 0 ? table(caption(issuer.name), heads, rows) : html`<p>${none(issuer.name)}</p>`}
<p class="note">${updated} <time datetime="${updatedOn}">${longDate(updatedOn)}</time></p>
${
  (policy || terms) &&
  html`<ul class="documents">${policy && html`<li>${link(policy, words_.policy)}</li>`}${terms && html`<li>${link(terms, words_.terms)}</li>`}</ul>`
}`
}
