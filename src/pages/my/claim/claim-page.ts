import type { Visibility } from '../../../../schemas/badge.ts'
import type { HolderBadge } from '../../../domain/holders/holder-view.ts'
import type { Words } from '../../../words/words.ts'
import { html } from '../../kit/html.ts'
import { inLanguage } from '../../kit/in-language.ts'
import { picture } from '../../kit/links.ts'
import { inPortrait } from '../../kit/picture-choice.ts'
import { rich } from '../../kit/rich.ts'
import { type HolderPageFacts, holderPage } from '../kit/holder-page.ts'
import { stateTag } from '../kit/state-words.ts'
import { claimForms } from './claim-forms.ts'
import { alone, overLink, unknownLink, whole } from './sign-in-page.ts'

/** The badge of a claim link, as its owner sees it, and what the programme preselects. */
export type ClaimableBadge = Pick<HolderBadge, 'view' | 'names' | 'nameDisplay'> & {
  preselected: Visibility
}

export type ClaimFacts = HolderPageFacts & { secret: string } & (
    | { state: 'open'; email: string; badge: ClaimableBadge }
    | { state: 'over'; email: string }
    | { state: 'unknown' }
  )

/** The page of a mailed claim link: the achievement, and the question who can see the badge. `email` is masked. */
export function claimPage(facts: ClaimFacts, t: Words): string {
  if (facts.state === 'unknown') {
    const title = t.say('claim.unknown')
    return holderPage(facts, { title, part: 'claim', body: alone(title, unknownLink(t)) }, t)
  }
  if (facts.state === 'over') {
    const title = t.say('claim.over')
    const again = `/claim/${facts.secret}/again`
    const body = alone(title, overLink(facts, { again }, t))
    return holderPage(facts, { title, part: 'claim', body }, t)
  }
  const { view } = facts.badge
  return holderPage(
    facts,
    {
      title: t.say('claim.title', { achievement: view.achievement.name }),
      part: 'claim',
      body: html`<article class="portrait wide">
${picture(view.achievement.picture, view.achievement.pictureAlt, 320, inPortrait)}
<div class="name"><p class="eyebrow">${t.say('claim.earned')}</p>
<h1>${inLanguage(view.achievement.name, view.achievement, t)}</h1></div>
<div class="rest">${stateTag(view, t)}<p class="lead">${t.say('claim.lead')}</p>
${claimForms({ ...facts, action: `/claim/${facts.secret}`, ...facts.badge }, t)}
<p class="note">${rich(t, 'claim.for', { email: whole(facts.email) })}</p></div>
</article>`,
    },
    t,
  )
}
