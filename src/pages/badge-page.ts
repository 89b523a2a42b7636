import type { BadgeView } from '../../schemas/view.ts'
import { checkYourself, type Shown } from './check-yourself.ts'
import { instantText, longDate } from './dates.ts'
import { type Html, html } from './html.ts'
import { facts, layout, paragraphs, part } from './layout.ts'
import { hostOf, link, mailLink, picture } from './links.ts'
import { openGraph } from './open-graph.ts'
import { skillList } from './skill-list.ts'
import { verdictBar } from './verdict-bar.ts'
import { verdictWords } from './verdict-words.ts'

/** The page of a badge, for the person who was shown it and must decide whether to believe it. */
export function badgePage(view: BadgeView, shown: Shown): string {
  const verdict = verdictWords(view, shown.verdict)
  return layout({
    title: `${view.achievement.name} · ${view.issuer.name}`,
    issuerName: view.issuer.name,
    indexable: view.indexable,
    head: openGraph(view, verdict),
    bar: verdictBar(verdict, html`Checked ${timeOf(shown.checkedAt, view.timeZone)}.`),
    body: html`${portrait(view)}
${part('took', 'What it took', whatItTook(view))}${part('issuer', 'Who issued it', whoIssued(view))}${part('checks', 'Check it yourself', checkYourself(view, shown))}${part('doubt', 'In doubt?', inDoubt(view))}
<p class="record wide">This record shows what ${view.links.page} said on ${timeOf(shown.checkedAt, view.timeZone, 'second')}. Open that address to see what holds today.</p>`,
  })
}

function portrait(view: BadgeView): Html {
  const { achievement } = view
  return html`<article class="portrait wide">
${picture(view.links.image, achievement.pictureAlt, 320)}
<div class="name"><p class="eyebrow">${view.issuer.name}</p>
<h1>${achievement.name}</h1></div>
<div class="rest">${holderLine(view)}
${facts([
  ['Earned on', html`<time datetime="${view.earnedOn}">${longDate(view.earnedOn)}</time>`],
  ['Valid until', validUntil(view)],
  ['Certification number', html`<span class="number">${view.certificationNumber}</span>`],
])}
${renewal(view)}<p class="note">Dates are days in the time zone ${view.timeZone}.</p></div>
</article>`
}

/** Where the certification goes on, or came from: only badges that this visitor may see. */
function renewal({ renews, renewedBy }: BadgeView): Html {
  return html`${
    renewedBy &&
    html`<p class="renewal"><strong>Renewed.</strong> ${link(renewedBy.page, 'See the newer badge')}, valid until <time datetime="${renewedBy.expiresOn}">${longDate(renewedBy.expiresOn)}</time>.</p>\n`
  }${
    renews &&
    html`<p class="renewal">It renews ${link(renews.page, 'an earlier badge')}, earned on <time datetime="${renews.earnedOn}">${longDate(renews.earnedOn)}</time>.</p>\n`
  }`
}

function holderLine(view: BadgeView): Html {
  if (view.holder === undefined) {
    return html`<p class="holder-hidden">The holder chose not to show a name here.</p>`
  }
  return html`<p class="holder"><span class="eyebrow">Awarded to</span> <bdi>${view.holder.name}</bdi></p>`
}

function validUntil({ expiresOn }: BadgeView): Html {
  if (expiresOn === undefined) return html`Does not expire`
  return html`<time datetime="${expiresOn}">${longDate(expiresOn)}</time>`
}

function whatItTook({ achievement, score }: BadgeView): Html {
  const { criteria, exam } = achievement
  return html`${paragraphs(criteria.narrative)}${facts([
    ['Exam', html`${exam.title} <span class="number quiet">${exam.code}</span>`],
    ['Level', html`${achievement.level}`],
    ...(score === undefined ? [] : [['Score', html`${score}`] satisfies [string, Html]]),
  ])}${achievement.skills.length > 0 && html`<h3>Skills it shows</h3>\n`}${skillList(achievement.skills)}
<p class="more">${link(achievement.address, 'More about this certification')}</p>`
}

function whoIssued({ issuer, links }: BadgeView): Html {
  return html`<p class="lead">${link(issuer.url, issuer.name)} <span class="quiet">${hostOf(issuer.url)}</span></p>
${issuer.description !== undefined && html`<p>${issuer.description}</p>\n`}<p>Its badges live at <strong class="domain">${hostOf(links.page)}</strong>. Make sure that your browser’s address bar shows exactly this.</p>`
}

function inDoubt({ issuer, certificationNumber }: BadgeView): Html {
  return html`<p>Ask the person who showed you this badge to send you its link themselves. If something still seems wrong, write to ${mailLink(issuer.email)} and give the certification number <span class="number">${certificationNumber}</span>.</p>`
}

function timeOf(instant: string, timeZone: string, precision?: 'second'): Html {
  return html`<time datetime="${instant}">${instantText(instant, timeZone, precision)}</time>`
}
