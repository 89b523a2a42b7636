import type { NameDisplay } from '../../../../schemas/badge.ts'
import type { FormFacts, HolderBadge } from '../../../domain/holders/holder-view.ts'
import type { Words } from '../../../words/words.ts'
import { type Html, html } from '../../kit/html.ts'
import { visibilityChoice } from '../claim/claim-forms.ts'
import { choices, toggle } from '../kit/fields.ts'
import { form } from '../kit/holder-page.ts'

/** Who sees a badge, under which name, and where it is listed: one form, saved at once. */
export function privacyForm(badge: HolderBadge, facts: FormFacts, t: Words): Html {
  const { id, visibility, discoverable, showExpired, view } = badge
  return form(
    `/my/badges/${id}/privacy`,
    facts,
    html`${visibilityChoice('visibility', visibility, t)}${nameChoice(badge, t)}<fieldset><legend>${t.say('privacyForm.more')}</legend>
${toggle('discoverable', {
  label: t.say('privacyForm.discoverable'),
  note: t.say('privacyForm.discoverable.text'),
  on: discoverable,
  kind: 'only-public',
})}${
  view.expiresOn !== undefined &&
  toggle('showExpired', {
    label: t.say('privacyForm.showExpired'),
    note: t.say('privacyForm.showExpired.text'),
    on: showExpired,
  })
}</fieldset>
<button class="button" type="submit">${t.say('privacyForm.save')}</button>`,
  )
}

const displays: NameDisplay[] = ['full', 'initials', 'hidden']

function nameChoice({ names, nameDisplay }: HolderBadge, t: Words): Html {
  const options = displays.map((value) => ({
    value,
    label: names[value] === null ? t.say('name.none') : html`<bdi>${names[value]}</bdi>`,
    note: t.say(`name.${value}`),
  }))
  return choices('nameDisplay', t.say('name.question'), options, nameDisplay)
}
