import type { NameDisplay } from '../../../../schemas/badge.ts'
import type { FormFacts } from '../../../domain/holders/holder-view.ts'
import type { Profile } from '../../../domain/holders/profile.ts'
import type { Words } from '../../../words/words.ts'
import { type Html, html } from '../../kit/html.ts'
import { rich } from '../../kit/rich.ts'
import { choices, field, toggle } from '../kit/fields.ts'
import { form } from '../kit/holder-page.ts'

export type ProfileFields = Omit<Profile, 'accountId'>

export type ProfileFacts = {
  /** The saved profile, or the submitted one when it has a mistake. Undefined when there is no profile. */
  profile?: ProfileFields | undefined
  /** The address of profiles, without the handle. */
  profileAddress: string
}

const none: ProfileFields = { handle: '', shown: false, nameDisplay: 'hidden', discoverable: false }

/** Whether the holder has a public profile, its address, and its name. */
export function profileForm(facts: FormFacts & ProfileFacts, t: Words): Html {
  const { profile = none, profileAddress } = facts
  const { handle, shown, nameDisplay, discoverable } = profile
  const isThere = shown && facts.mistake === undefined
  return html`<p>${t.say('myProfile.text')}</p>
${isThere && html`<p>${rich(t, 'myProfile.there', { link: html`<a href="/u/${handle}">${profileAddress}${handle}</a>` })}</p>\n`}${form(
  '/my/profile',
  facts,
  html`${toggle('shown', { label: t.say('myProfile.shown'), note: t.say('myProfile.shown.text'), on: shown })}${field(
    {
      id: 'handle',
      label: t.say('myProfile.handle'),
      hint: t.say('myProfile.handle.hint'),
      input: (tied) =>
        html`<div class="prefixed"><span dir="ltr">${profileAddress}</span><input ${tied} type="text" name="handle" value="${handle}" dir="ltr" maxlength="30" pattern="[a-z0-9]+(-[a-z0-9]+)*" autocomplete="off" autocapitalize="none" spellcheck="false"></div>`,
    },
  )}${choices('nameDisplay', t.say('myProfile.name'), names(t), nameDisplay)}${toggle('discoverable', { label: t.say('myProfile.discoverable'), note: t.say('myProfile.discoverable.text'), on: discoverable })}<button class="button second" type="submit">${t.say('privacyForm.save')}</button>`,
)}`
}

const displays: NameDisplay[] = ['full', 'initials', 'hidden']

const names = (t: Words) =>
  displays.map((value) => ({
    value,
    label: t.say(`myProfile.name.${value}`),
    note: t.say(`myProfile.name.${value}.text`),
  }))
