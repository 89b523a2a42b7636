import type { BadgeLinks } from '../../../schemas/view.ts'
import type { OwnBadge } from '../../domain/own-view.ts'
import type { Words } from '../../words/words.ts'
import { type Html, html } from '../html.ts'
import { lines } from '../layout.ts'
import { webAddress } from '../links.ts'

type File = Exclude<keyof BadgeLinks, 'page' | 'assertion'>

/** What people need; the rest is for programs, and behind a fold. */
const files = ['bakedPng', 'image'] as const satisfies File[]
const more = [
  'bakedSvg',
  'bakedSvgOb2',
  'credential',
  'credentialJwt',
  'assertionJws',
] as const satisfies File[]

/** Every form that a badge has, what each is for, and what somebody who gets one can learn. */
export function downloads(badge: OwnBadge, { emailHash }: { emailHash: boolean }, t: Words): Html {
  const { links } = badge.view
  return html`<p>${t.say('files.text')}</p>
<ul class="rows">${certificate(badge, t)}${files.map((file) => row(file, links[file], t))}</ul>
<details><summary>${t.say('files.more')}</summary>
<div class="text"><ul class="rows">${more.map((file) => row(file, links[file], t))}</ul>
${hosted(badge, t)}</div></details>
${lines([t.say(emailHash ? 'privacy.files.hash' : 'privacy.files.noHash'), t.say('files.recall')])}`
}

function row(file: File, address: string, t: Words): Html {
  return html`<li><div class="about"><strong>${t.say(`files.${file}`)}</strong>
<p class="note">${t.say(`files.${file}.for`)}</p></div>
<a class="button second small" href="${webAddress(address)}" download aria-label="${t.say('files.download.about', { file: t.say(`files.${file}`) })}">${t.say('files.download')}</a></li>
`
}

/** On either paper. Its QR code leads to the page, which others may not see. */
function certificate({ certificate, visibility }: OwnBadge, t: Words): Html {
  const { missing } = certificate
  if (missing.length > 0)
    return html`<li><div class="about"><strong>${t.say('files.certificate')}</strong>
<p class="note">${t.say('files.certificate.missing', { characters: missing.join(' ') })}</p></div></li>
`
  const address = webAddress(certificate.address)
  const open = visibility === 'public'
  return html`<li><div class="about"><strong>${t.say('files.certificate')}</strong>
<p class="note">${t.say('files.certificate.for')} ${t.say(open ? 'files.certificate.qr' : 'files.certificate.qr.private')}</p></div>
<div class="actions">${papers.map(
    ([paper, query]) =>
      html`<a class="button second small" href="${address}${query}" download aria-label="${t.say('files.download.about', { file: `${t.say('files.certificate')}, ${paper}` })}">${paper}</a>`,
  )}</div></li>
`
}

const papers = [
  ['A4', ''],
  ['Letter', '?paper=letter'],
] as const

/** Reading it is the verification, so it exists for everybody or for nobody. */
function hosted({ visibility, view }: OwnBadge, t: Words): Html {
  if (visibility !== 'public') return html`<p class="note">${t.say('files.hosted.private')}</p>\n`
  return html`<p>${t.say('files.hosted')} <a class="number" href="${webAddress(view.links.assertion)}">${view.links.assertion}</a></p>
<p class="note">${t.say('files.hosted.text')}</p>
`
}
