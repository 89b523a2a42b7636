import type { CertificationRules, HelpView } from '../domain/help.ts'
import { noticesStylePath } from './assets.ts'
import { contactLines } from './contact.ts'
import { durationText, longDate } from './dates.ts'
import { helpWords as words } from './help-words.ts'
import { type Html, html } from './html.ts'
import { facts, layout, lines, part } from './layout.ts'
import { link } from './links.ts'

/** What candidates ask, each question a heading, answered by the programme's own rules. */
export function helpPage(view: HelpView): string {
  const { issuer, contact, badgeWithin } = view
  const { what, cost, arrives, missing, wrong, seen, ask } = words
  const whom = contactLines(contact)
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
${part('what', what.heading, lines(what.text))}${part('cost', cost.heading, lines([cost.text]))}${part(
  'arrives',
  arrives.heading,
  lines([
    arrives.text,
    ...(badgeWithin ? [arrives.promise(issuer.name, durationText(badgeWithin))] : []),
  ]),
)}${part(
  'missing',
  missing.heading,
  html`<ol class="steps">${missing.steps.map((step) => html`<li>${step}</li>\n`)}</ol>
<p>${missing.ask}</p>
${whom}
<p>${missing.calm}</p>`,
)}${part('valid', words.valid.heading, validity(view))}${part('retake', words.retake.heading, retakes(view))}${part(
  'wrong',
  wrong.heading,
  lines([wrong.name, wrong.facts]),
)}${part('appeal', words.appeal.heading, appeal(view))}${part(
  'seen',
  seen.heading,
  html`${lines(seen.text)}<p><a href="/privacy">${seen.privacy}</a></p>`,
)}${part('ask', ask.heading, html`${whom}<p>${ask.text}</p>`)}`,
  })
}

function validity({ certifications, timeZone }: HelpView): Html {
  const { valid } = words
  if (certifications.length === 0) return html`${lines([valid.none])}`
  return html`<p>${valid.ends(timeZone)}</p>
<p>${valid.renewed}</p>
${certifications.map(
  (rules) =>
    html`<h3>${certifications.length === 1 ? valid.every : valid.names(rules.names)}</h3>
${facts(rulesInWords(rules))}
`,
)}`
}

function rulesInWords({ validity, renewal, example }: CertificationRules): [string, Html][] {
  const { terms, ...valid } = words.valid
  const [earned, expires, opens, closes] = [
    example.earnedOn,
    example.expiresOn,
    example.opensOn,
    example.closesOn,
  ].map(longDate) as [string, string, string, string]
  const before = durationText(renewal.renewalWindow)
  const after = durationText(renewal.graceAfter)
  const lasting: [string, Html] = [
    terms.validity,
    html`${valid.validity(durationText(validity), earned, expires)}`,
  ]
  const starts: [string, Html] = [terms.starts, html`${valid.starts[renewal.renewalAnchor]}`]
  if (before === '' && renewal.passOutsideWindow === 'accept')
    return [lasting, [terms.renew, html`${valid.anytime(closes)}`], starts]
  return [
    lasting,
    [terms.renew, html`${valid.window({ before, after, opens, closes })}`],
    starts,
    [terms.early, html`${valid.early[renewal.passOutsideWindow]}`],
  ]
}

function retakes({ retakeWaits, retake, timeZone }: HelpView): Html {
  const { atOnce, after, days, counts, not, early } = words.retake
  const waits = retakeWaits.map((wait, index): [string, Html] => [
    after(index + 1, index === retakeWaits.length - 1),
    html`${durationText(wait) || atOnce}`,
  ])
  return html`${facts(waits)}
<p>${days(timeZone, longDate(retake.failedOn), longDate(retake.from))}</p>
<h3>${counts.heading}</h3>
<p>${counts.text}</p>
<h3>${not.heading}</h3>
<p>${not.text}</p>
<p>${early}</p>`
}

function appeal({ appeals, contact }: HelpView): Html {
  const { text, link: how, ask } = words.appeal
  if (appeals) return html`<p>${text} ${link(appeals, how)}</p>`
  return html`<p>${text} ${ask}</p>
${contactLines(contact)}`
}
