import type { PrivacyNotice } from '../domain/privacy-notice.ts'
import { noticesStylePath } from './assets.ts'
import { contactLines } from './contact.ts'
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
    stored.rows.map(({ name, what, why, howLong }) => [
      html`${name} <span>${what}</span>`,
      why,
      howLong,
    ]),
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
${contactLines(contact)}`,
)}`,
  })
}

function thirdParties(notice: PrivacyNotice): Html {
  const { issuer, updatedOn, policy, terms } = notice
  const { parties } = words
  return html`${notice.thirdParties.length > 0 ? partiesTable(notice) : html`<p>${parties.none(issuer.name)}</p>`}
<p class="note">${parties.updated} <time datetime="${updatedOn}">${longDate(updatedOn)}</time></p>
${
  (policy || terms) &&
  html`<ul class="documents">${policy && html`<li>${link(policy, parties.policy)}</li>`}${terms && html`<li>${link(terms, parties.terms)}</li>`}</ul>`
}`
}

/** Countries have a column when the file names any. */
function partiesTable({ issuer, thirdParties }: PrivacyNotice): Html {
  const { caption, columns } = words.parties
  const { entity, purpose, country } = columns
  const placed = thirdParties.some((party) => party.country !== undefined)
  return table(
    caption(issuer.name),
    [entity, purpose, ...(placed ? [country] : [])],
    thirdParties.map((party) => [party.entity, party.purpose, ...(placed ? [party.country] : [])]),
  )
}
