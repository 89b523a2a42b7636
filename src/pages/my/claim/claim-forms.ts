import type { Visibility } from '../../../../schemas/badge.ts'
import type { BadgeView } from '../../../../schemas/view.ts'
import type { FormFacts, HolderBadge } from '../../../domain/holders/holder-view.ts'
import type { Words } from '../../../words/words.ts'
import { type Html, html } from '../../kit/html.ts'
import { code } from '../../kit/links.ts'
import { rich } from '../../kit/rich.ts'
import { choices } from '../kit/fields.ts'
import { buttonForm, form } from '../kit/holder-page.ts'

type Claim = FormFacts &
  Pick<HolderBadge, 'view' | 'names' | 'nameDisplay'> & {
    action: string
    preselected: Visibility
    /** Whether the badge was declined; then it can only be claimed. */
    declined?: boolean
  }

/** The forms to claim a badge, with the question who can see it, and to decline it. */
export function claimForms(claim: Claim, t: Words): Html {
  const { action, preselected, declined } = claim
  return html`${form(
    action,
    claim,
    html`${visibilityChoice('answer', preselected, t)}${whatTheySee(claim, t)}<button class="button" type="submit">${t.say('claim.button')}</button>`,
  )}${!declined && decline(claim, t)}`
}

function decline(claim: Claim, t: Words): Html {
  return html`
<details><summary>${t.say('claim.decline')}</summary>
<div class="text"><p>${t.say('claim.decline.text')}</p>
<p>${t.say('claim.decline.undo')}</p>
${buttonForm(claim.action, claim, { label: t.say('claim.decline.button'), kind: 'danger', hidden: { answer: 'decline' } })}</div></details>
`
}

const visibilities: Visibility[] = ['private', 'link', 'public']

/** The choice who can see a badge, each option with its meaning. */
export function visibilityChoice(name: string, chosen: Visibility, t: Words): Html {
  const options = visibilities.map((value) => ({
    value,
    label: t.say(`visibility.${value}`),
    note: t.say(`visibility.${value}.text`),
  }))
  return choices(name, t.say('visibility.question'), options, chosen)
}

/** What a visitor who can see the badge learns about its owner, line by line. */
function whatTheySee({ view, names, nameDisplay }: Claim, t: Words): Html {
  const name = names[nameDisplay]
  const shown =
    name === null ? t.say('claim.see.noName') : html`<strong><bdi>${name}</bdi></strong>`
  const facts = html`${shown}${seen(view, t).map((fact) => html` · ${fact}`)}`
  return html`<p>${rich(t, 'claim.see', { facts })}</p>
`
}

function seen({ earnedOn, expiresOn, certificationNumber, score }: BadgeView, t: Words): Html[] {
  return [
    rich(t, 'claim.see.earned', { day: t.day(earnedOn) }),
    ...(expiresOn ? [rich(t, 'claim.see.until', { day: t.day(expiresOn) })] : []),
    rich(t, 'claim.see.number', { number: code(certificationNumber) }),
    ...(score ? [rich(t, 'claim.see.score', { score: html`<bdi>${score}</bdi>` })] : []),
  ]
}
