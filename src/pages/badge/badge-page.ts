import type { BadgeView } from '../../../schemas/view.ts'
import type { Words } from '../../words/words.ts'
import { type Html, html } from '../kit/html.ts'
import { inLanguage, paragraphsInLanguage } from '../kit/in-language.ts'
import { facts, layout, part } from '../kit/layout.ts'
import { againFor, code, domain, hostOf, link, mailLink, picture } from '../kit/links.ts'
import { inPortrait } from '../kit/picture-choice.ts'
import { rich } from '../kit/rich.ts'
import { skillList } from '../kit/skill-list.ts'
import { verdictWords } from '../kit/verdict-words.ts'
import { checkYourself, type Shown } from './check-yourself.ts'
import { holderData } from './json-ld.ts'
import { openGraph } from './open-graph.ts'
import { verdictBar } from './verdict-bar.ts'

/** The page of a badge, for a person who must decide whether to believe it. */
export function badgePage(view: BadgeView, shown: Shown, t: Words): string {
  const verdict = verdictWords(view, shown.verdict, t)
  return layout(
    {
      title: `${view.achievement.name} · ${view.issuer.name}`,
      issuerName: view.issuer.name,
      indexable: view.indexable,
      part: 'badge',
      again: againFor(view),
      head: html`${openGraph(view, verdict, t)}${holderData(view)}`,
      bar: verdictBar(
        verdict,
        t,
        rich(t, 'badge.checked', { moment: timeOf(shown.checkedAt, view.timeZone, t) }),
      ),
      body: html`${portrait(view, t)}
${part('took', t.say('badge.took'), whatItTook(view, t))}${part('issuer', t.say('badge.issuer'), whoIssued(view, t))}${part('checks', t.say('badge.check'), checkYourself(view, shown, t))}${part('doubt', t.say('badge.doubt'), inDoubt(view, t))}
<p class="record wide">${rich(t, 'badge.record', { address: html`<bdi>${view.links.page}</bdi>`, moment: timeOf(shown.checkedAt, view.timeZone, t, 'second') })}</p>`,
    },
    t,
  )
}

function portrait(view: BadgeView, t: Words): Html {
  const { achievement } = view
  return html`<article class="portrait wide">
${picture(view.links.image, achievement.pictureAlt, 320, inPortrait)}
<div class="name"><p class="eyebrow"><bdi>${view.issuer.name}</bdi></p>
<h1>${inLanguage(achievement.name, achievement, t)}</h1></div>
<div class="rest">${holderLine(view, t)}
${facts([
  [t.say('badge.earnedOn'), dayOf(view.earnedOn, t)],
  [t.say('badge.validUntil'), validUntil(view, t)],
  [t.say('badge.number'), code(view.certificationNumber)],
])}
${renewal(view, t)}<p class="note">${rich(t, 'badge.zone', { zone: html`<bdi>${view.timeZone}</bdi>` })}</p></div>
</article>`
}

/** Links to the badge that this one renews, or that renews it, if the visitor may see them. */
function renewal({ renews, renewedBy }: BadgeView, t: Words): Html {
  return html`${
    renewedBy &&
    html`<p class="renewal"><strong>${t.say('badge.renewed')}</strong> ${rich(t, 'badge.newer', { link: link(renewedBy.page, t.say('badge.newer.link')), day: dayOf(renewedBy.expiresOn, t) })}</p>\n`
  }${
    renews &&
    html`<p class="renewal">${rich(t, 'badge.older', { link: link(renews.page, t.say('badge.older.link')), day: dayOf(renews.earnedOn, t) })}</p>\n`
  }`
}

function holderLine(view: BadgeView, t: Words): Html {
  if (view.holder === undefined) {
    return html`<p class="holder-hidden">${t.say('badge.noName')}</p>`
  }
  return html`<p class="holder"><span class="eyebrow">${t.say('badge.awardedTo')}</span> <bdi>${view.holder.name}</bdi></p>`
}

function validUntil({ expiresOn }: BadgeView, t: Words): Html {
  if (expiresOn === undefined) return html`${t.say('badge.endless')}`
  return dayOf(expiresOn, t)
}

function whatItTook({ achievement, score }: BadgeView, t: Words): Html {
  const { criteria, exam } = achievement
  return html`${paragraphsInLanguage(criteria.narrative, achievement, t)}${facts([
    [
      t.say('badge.exam'),
      html`${inLanguage(exam.title, achievement, t)} <span class="quiet">${code(exam.code)}</span>`,
    ],
    [t.say('badge.level'), inLanguage(achievement.level, achievement, t)],
    ...(score === undefined
      ? []
      : [[t.say('badge.score'), html`${score}`] satisfies [string, Html]]),
  ])}${achievement.skills.length > 0 && html`<h3>${t.say('badge.skills')}</h3>\n`}${skillList(achievement, t)}
<p class="more">${link(achievement.address, t.say('badge.more'))}</p>`
}

function whoIssued({ issuer, links }: BadgeView, t: Words): Html {
  return html`<p class="lead">${link(issuer.url, issuer.name)} <span class="quiet" dir="ltr">${hostOf(issuer.url)}</span></p>
${issuer.description !== undefined && html`${paragraphsInLanguage(issuer.description, issuer, t)}`}<p>${rich(t, 'badge.domain', { domain: domain(links.page) })}</p>`
}

function inDoubt({ issuer, certificationNumber }: BadgeView, t: Words): Html {
  return html`<p>${rich(t, 'badge.doubt.text', { email: mailLink(issuer.email), number: code(certificationNumber) })}</p>`
}

function timeOf(instant: string, timeZone: string, t: Words, precision?: 'second'): Html {
  return html`<time datetime="${instant}">${t.moment(instant, timeZone, precision)}</time>`
}

function dayOf(date: string, t: Words): Html {
  return html`<time datetime="${date}">${t.day(date)}</time>`
}
