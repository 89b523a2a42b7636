import type { CertificationRules, HelpView } from '../../domain/holders/help.ts'
import type { Words } from '../../words/words.ts'
import { noticesStylePath } from '../assets.ts'
import { contactLines } from '../kit/contact.ts'
import { type Html, html } from '../kit/html.ts'
import { facts, layout, lines, part } from '../kit/layout.ts'
import { link } from '../kit/links.ts'

/** The help page for candidates: each question a heading, answered by the programme's own rules. */
export function helpPage(view: HelpView, t: Words): string {
  const { issuer, contact, badgeWithin } = view
  const whom = contactLines(contact)
  const promise = badgeWithin && { issuer: issuer.name, term: t.duration(badgeWithin) }
  return layout(
    {
      title: `${t.say('help.title')} · ${issuer.name}`,
      issuerName: issuer.name,
      indexable: true,
      head: html`<meta name="description" content="${t.say('help.description', { issuer: issuer.name })}">
<link rel="stylesheet" href="${noticesStylePath}">
`,
      body: html`<div class="opening wide"><p class="eyebrow">${issuer.name}</p>
<h1>${t.say('help.heading')}</h1>
<p class="lead">${t.say('help.lead')}</p></div>
${part('what', t.say('help.what'), lines([t.say('help.what.proof'), t.say('help.what.keep')]))}${part(
  'cost',
  t.say('help.cost'),
  lines([t.say('help.cost.text')]),
)}${part(
  'arrives',
  t.say('help.arrives'),
  lines([t.say('help.arrives.text'), ...(promise ? [t.say('help.arrives.promise', promise)] : [])]),
)}${part(
  'missing',
  t.say('help.missing'),
  html`<ol class="steps">${missing.map((step) => html`<li>${t.say(step)}</li>\n`)}</ol>
<p>${t.say('help.missing.ask')}</p>
${whom}
<p>${t.say('help.missing.calm')}</p>`,
)}${part('valid', t.say('help.valid'), validity(view, t))}${part('retake', t.say('help.retake'), retakes(view, t))}${part(
  'wrong',
  t.say('help.wrong'),
  lines([t.say('help.wrong.name'), t.say('help.wrong.facts')]),
)}${part('appeal', t.say('help.appeal'), appeal(view, t))}${part(
  'seen',
  t.say('help.seen'),
  html`${lines([t.say('help.seen.you'), t.say('help.seen.files')])}<p><a href="/privacy">${t.say('help.seen.privacy')}</a></p>`,
)}${part('ask', t.say('help.ask'), html`${whom}<p>${t.say('help.ask.text')}</p>`)}`,
    },
    t,
  )
}

const missing = ['help.missing.spam', 'help.missing.address', 'help.missing.released'] as const

function validity({ certifications, timeZone }: HelpView, t: Words): Html {
  if (certifications.length === 0) return html`${lines([t.say('help.valid.none')])}`
  return html`<p>${t.say('help.valid.ends', { zone: timeZone })}</p>
<p>${t.say('help.valid.renewed')}</p>
${certifications.map(
  (rules) =>
    html`<h3>${certifications.length === 1 ? t.say('help.valid.every') : t.list(rules.names)}</h3>
${facts(rulesInWords(rules, t))}
`,
)}`
}

function rulesInWords({ validity, renewal, example }: CertificationRules, t: Words) {
  const text = (words: string) => html`${words}`
  const closes = t.day(example.closesOn)
  const before = t.duration(renewal.renewalWindow)
  const after = t.duration(renewal.graceAfter)
  const lasting: [string, Html] = [
    t.say('help.valid.validity'),
    text(
      t.say('help.valid.validity.text', {
        term: t.duration(validity),
        earned: t.day(example.earnedOn),
        expires: t.day(example.expiresOn),
      }),
    ),
  ]
  const renew = (words: string): [string, Html] => [t.say('help.valid.renew'), text(words)]
  const starts: [string, Html] = [
    t.say('help.valid.starts'),
    text(t.say(`help.valid.starts.${renewal.renewalAnchor}`)),
  ]
  if (before === '' && renewal.passOutsideWindow === 'accept')
    return [lasting, renew(t.say('help.valid.renew.anytime', { closes })), starts]
  const window = {
    opensEarly: before ? 'yes' : 'no',
    before,
    closesLate: after ? 'yes' : 'no',
    after,
    opens: t.day(example.opensOn),
    closes,
  }
  const early: [string, Html] = [
    t.say('help.valid.early'),
    text(t.say(`help.valid.early.${renewal.passOutsideWindow}`)),
  ]
  return [lasting, renew(t.say('help.valid.renew.window', window)), starts, early]
}

function retakes({ retakeWaits, retake, timeZone }: HelpView, t: Words): Html {
  const waits = retakeWaits.map((wait, index): [string, Html] => [
    t.say(index === retakeWaits.length - 1 ? 'help.retake.last' : 'help.retake.after', {
      failures: index + 1,
    }),
    html`${t.duration(wait) || t.say('help.retake.atOnce')}`,
  ])
  const days = { zone: timeZone, failed: t.day(retake.failedOn), from: t.day(retake.from) }
  return html`${facts(waits)}
<p>${t.say('help.retake.days', days)}</p>
<h3>${t.say('help.retake.counts')}</h3>
<p>${t.say('help.retake.counts.text')}</p>
<h3>${t.say('help.retake.not')}</h3>
<p>${t.say('help.retake.not.text')}</p>
<p>${t.say('help.retake.early')}</p>`
}

function appeal({ appeals, contact }: HelpView, t: Words): Html {
  const text = t.say('help.appeal.text')
  if (appeals) return html`<p>${text} ${link(appeals, t.say('help.appeal.link'))}</p>`
  return html`<p>${text} ${t.say('help.appeal.ask')}</p>
${contactLines(contact)}`
}
