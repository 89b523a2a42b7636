import { fileName, type SignedForm, signedForms } from '../../../domain/badge/badge-files.ts'
import type { AddressFiles, FormFacts, HolderBadge } from '../../../domain/holders/holder-view.ts'
import { shownEmail } from '../../../domain/people/mail-address.ts'
import type { Words } from '../../../words/words.ts'
import { type Html, html } from '../../kit/html.ts'
import { part } from '../../kit/layout.ts'
import { rich } from '../../kit/rich.ts'
import { download } from '../kit/download.ts'
import { buttonForm } from '../kit/holder-page.ts'

type Facts = FormFacts & { addressFiles: AddressFiles }

/** The files of a badge for the owner's other addresses, if any: to make them and to download them. */
export function addressFiles(badge: HolderBadge, facts: Facts, t: Words): Html | undefined {
  const { made, offered } = facts.addressFiles
  if (made.length === 0 && offered.length === 0) return undefined
  return part(
    'other-address',
    t.say('files.address.heading'),
    html`<p>${t.say('files.address.text')}</p>
<ul class="rows">${made.map((each) => taken(badge, each, t))}${offered.map((email) => toMake(badge, email, facts, t))}</ul>
${made.length > 0 && moreForms(badge, made, t)}`,
  )
}

type Made = AddressFiles['made'][number]
const [picture, ...more] = signedForms

function taken(badge: HolderBadge, made: Made, t: Words): Html {
  const file = t.say('files.address.for', { email: shownEmail(made.email) })
  return html`<li><div class="about"><strong>${forAddress(made.email, t)}</strong>
<p class="note">${t.say('files.address.picture')}</p></div>
${download(addressOf(badge, made, picture), fileName(badge.view, picture), file, t)}</li>
`
}

function moreForms(badge: HolderBadge, made: Made[], t: Words): Html {
  const rows = made.flatMap((each) => more.map((form) => [each, form] as const))
  return html`<details><summary>${t.say('files.address.more')}</summary>
<div class="text"><ul class="rows">${rows.map(([each, form]) => row(badge, each, form, t))}</ul></div></details>
`
}

function row(badge: HolderBadge, made: Made, form: (typeof more)[number], t: Words): Html {
  const name = t.say(names[form])
  const file = t.say('files.address.form', { form: name, email: shownEmail(made.email) })
  return html`<li><div class="about"><strong>${name}</strong>
<p class="note">${forAddress(made.email, t)}</p></div>
${download(addressOf(badge, made, form), fileName(badge.view, form), file, t)}</li>
`
}

function addressOf({ view }: HolderBadge, { id }: Made, form: SignedForm): string {
  return `${view.links.page}/addressed/${id}/${form}`
}

const names = {
  'badge.svg': 'files.bakedSvg',
  'badge-ob2.svg': 'files.bakedSvgOb2',
  'credential.json': 'files.credential',
  'credential.jwt': 'files.credentialJwt',
  'assertion.jws': 'files.assertionJws',
} as const

function toMake({ id }: HolderBadge, email: string, facts: Facts, t: Words): Html {
  return html`<li><div class="about"><strong>${forAddress(email, t)}</strong></div>
${buttonForm(`/my/badges/${id}/addresses`, facts, {
  label: t.say('files.address.make'),
  about: t.say('files.address.make.about', { email: shownEmail(email) }),
  kind: 'second small',
  hidden: { email },
})}</li>
`
}

function forAddress(email: string, t: Words): Html {
  return rich(t, 'files.address.for', { email: html`<bdi>${shownEmail(email)}</bdi>` })
}
