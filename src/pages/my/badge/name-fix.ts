import type { Holder } from '../../../domain/badge/badge.ts'
import type { Asked, FormFacts, Naming } from '../../../domain/holders/holder-view.ts'
import { longestName, longestReason, type NameWish } from '../../../domain/holders/name-wish.ts'
import { dayOf } from '../../../domain/rules/attempt.ts'
import type { Words } from '../../../words/words.ts'
import { type Html, html } from '../../kit/html.ts'
import { facts as pairs } from '../../kit/layout.ts'
import { field } from '../kit/fields.ts'
import { buttonForm, form, notice } from '../kit/holder-page.ts'

type Needs = FormFacts & {
  badgeId: string
  naming: Naming
  /** The submitted request, when it has a mistake. */
  wish?: NameWish
  timeZone: string
}

/** The printed name, the owner's requests about it with their answers, and the form to request another. */
export function nameFix(needs: Needs, t: Words): Html {
  const { now, asked } = needs.naming
  const printed = html`<p>${t.say('nameFix.now')} ${nameIn(now)}</p>
<p>${t.say('nameFix.text')}</p>
`
  if (asked?.state === 'open') return html`${printed}${waiting(asked, needs, t)}`
  return html`${printed}${asked && heard(asked, needs, t)}${wishForm(needs, t)}`
}

function nameIn({ fullName, latinName }: Holder): Html {
  return html`<strong><bdi>${fullName}</bdi></strong>${latinName !== null && html` · <bdi>${latinName}</bdi>`}`
}

function waiting(asked: Asked, needs: Needs, t: Words): Html {
  const day = t.day(dayOf(asked.askedAt, needs.timeZone))
  const characters = asked.missing.join(' ')
  return html`${notice('unknown', html`<p>${t.say('nameFix.open', { day })}</p>${characters !== '' && html`\n<p>${t.say('nameFix.missing', { characters })}</p>`}`)}
${pairs([
  [t.say('nameFix.wanted'), nameIn(asked.wanted)],
  [t.say('nameFix.reason'), html`<bdi>${asked.reason}</bdi>`],
])}
${buttonForm(`/my/badges/${needs.badgeId}/name/take-back`, needs, { label: t.say('nameFix.takeBack') })}`
}

const tones = { approved: 'valid', refused: 'caution', settled: 'unknown' } as const

function heard(
  { state, wanted, decidedAt, askedAt, answer }: Asked,
  needs: Needs,
  t: Words,
): Html | undefined {
  if (state === 'open') return undefined
  const day = t.day(dayOf(decidedAt ?? askedAt, needs.timeZone))
  return notice(
    tones[state],
    html`<p>${t.say(`nameFix.${state}`, { day })}</p>
<p>${t.say('nameFix.wanted')}: ${nameIn(wanted)}</p>
${answer !== null && html`<p>${t.say('nameFix.answer')} <bdi>${answer}</bdi></p>\n`}`,
  )
}

function wishForm(needs: Needs, t: Words): Html {
  const { naming, wish, badgeId } = needs
  const written = wish ?? { ...naming.now, reason: '' }
  return html`${wish ? html`<details open>` : html`<details>`}<summary>${t.say('nameFix.summary')}</summary>
<div class="text">${form(
    `/my/badges/${badgeId}/name`,
    needs,
    html`${nameField('fullName', written.fullName, t)}${nameField('latinName', written.latinName ?? '', t)}${field(
      {
        id: 'name-reason',
        label: t.say('nameFix.reason'),
        hint: t.say('nameFix.reason.hint', { most: longestReason }),
        input: (tied) =>
          html`<textarea ${tied} name="reason" rows="3" maxlength="${longestReason}" required>${written.reason}</textarea>`,
      },
    )}<button class="button second" type="submit">${t.say('nameFix.ask')}</button>`,
  )}</div></details>
`
}

function nameField(name: 'fullName' | 'latinName', value: string, t: Words): Html {
  return field({
    id: `name-${name}`,
    label: t.say(`nameFix.${name}`),
    hint: t.say(`nameFix.${name}.hint`),
    input: (tied) =>
      html`<input ${tied} type="text" name="${name}" value="${value}" maxlength="${longestName}" dir="auto"${name === 'fullName' && html` required`}>`,
  })
}
