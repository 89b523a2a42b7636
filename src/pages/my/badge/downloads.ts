import { type FileForm, fileName, pictureSizes } from '../../../domain/badge/badge-files.ts'
import type { HolderBadge } from '../../../domain/holders/holder-view.ts'
import type { Words } from '../../../words/words.ts'
import { type Html, html } from '../../kit/html.ts'
import { webAddress } from '../../kit/links.ts'
import { rich } from '../../kit/rich.ts'
import { download } from '../kit/download.ts'

/** The files that most holders want, and a link to all others. */
export function mainFiles(badge: HolderBadge, t: Words): Html {
  return html`<p>${t.say('files.text')}</p>
<ul class="rows">${certificate(badge, t)}${row(badge, 'badge.png', 'bakedPng', t)}</ul>
<p><a class="button second" href="/my/badges/${badge.id}/files">${t.say('files.all')}</a></p>`
}

/** The files for people, with what others can learn from each. */
export function peoplesFiles(badge: HolderBadge, t: Words): Html {
  return html`<ul class="rows">${zip(badge, t)}${certificate(badge, t)}${row(badge, 'badge.png', 'bakedPng', t)}${isOver(badge) ? undefined : named(badge, t)}${row(badge, 'picture.png', 'image', t, sizes(badge, t))}</ul>`
}

/** The same badge in the formats that programs need. */
export function programsFiles(badge: HolderBadge, t: Words): Html {
  const rows = isOver(badge) ? more : [...more, ...namedMore]
  return html`<details><summary>${t.say('files.more')}</summary>
<div class="text"><ul class="rows">${rows.map(([form, word]) => row(badge, form, word, t))}</ul>
${hosted(badge, t)}</div></details>`
}

function isOver({ view }: HolderBadge): boolean {
  return view.status === 'revoked'
}

type Name =
  | 'bakedPng'
  | 'bakedSvg'
  | 'bakedSvgOb2'
  | 'credential'
  | 'credentialJwt'
  | 'assertionJws'
  | 'namedPng'
  | 'namedJson'
  | 'namedJwt'
  | 'image'
type File = [FileForm, Name]

const more: File[] = [
  ['badge.svg', 'bakedSvg'],
  ['badge-ob2.svg', 'bakedSvgOb2'],
  ['credential.json', 'credential'],
  ['credential.jwt', 'credentialJwt'],
  ['assertion.jws', 'assertionJws'],
]
const namedMore: File[] = [
  ['named-credential.json', 'namedJson'],
  ['named-credential.jwt', 'namedJwt'],
]

function row(badge: HolderBadge, form: FileForm, name: Name, t: Words, besides?: Html): Html {
  const file = t.say(`files.${name}`)
  return html`<li><div class="about"><strong>${file}</strong>
<p class="note">${t.say(`files.${name}.for`)}</p>${besides}</div>
${download(addressOf(badge, form), nameOf(badge, form), file, t)}</li>
`
}

/** On A4 or Letter. Its QR code leads to the badge's page, which others may not be able to see. */
function certificate({ certificate, visibility }: HolderBadge, t: Words): Html {
  const why = withheld(certificate, t)
  if (why !== undefined)
    return html`<li><div class="about"><strong>${t.say('files.certificate')}</strong>
<p class="note">${why}</p></div></li>
`
  const address = webAddress(certificate.address)
  const open = visibility === 'public'
  return html`<li><div class="about"><strong>${t.say('files.certificate')}</strong>
<p class="note">${t.say('files.certificate.for')} ${t.say(open ? 'files.certificate.qr' : 'files.certificate.qr.private')}</p></div>
<div class="actions">${papers.map(
    ([paper, query]) =>
      html`<a class="button second small" href="${address}${query}" download aria-label="${t.say('files.certificate.about', { paper: t.say(paper) })}">${t.say(paper)}</a>`,
  )}</div></li>
`
}

/**
 * Why there is no certificate now. Characters that no font has remain missing after the name was checked, so they come
 * first.
 */
function withheld({ missing, held }: HolderBadge['certificate'], t: Words): string | undefined {
  if (missing.length > 0)
    return t.say('files.certificate.missing', { characters: missing.join(' ') })
  return held ? t.say('files.certificate.held') : undefined
}

const papers = [
  ['files.certificate.a4', ''],
  ['files.certificate.letter', '?paper=letter'],
] as const

function named(badge: HolderBadge, t: Words): Html {
  const name = html`<strong><bdi>${badge.names.full ?? ''}</bdi></strong>`
  const says = html`<p class="note">${rich(t, 'files.namedPng.says', { name })}</p>`
  return row(badge, 'named-badge.png', 'namedPng', t, says)
}

function sizes(badge: HolderBadge, t: Words): Html {
  const links = pictureSizes
    .filter((size) => size !== 600)
    .map((size, index) => {
      const form = `picture-${size}.png` as const
      return html`${index > 0 && ' · '}<a href="${webAddress(addressOf(badge, form))}" download="${nameOf(badge, form)}" aria-label="${t.say('files.image.size', { size: String(size) })}">${size}</a>`
    })
  return html`<p class="note">${t.say('files.image.sizes')} ${links}</p>`
}

function zip(badge: HolderBadge, t: Words): Html {
  const file = t.say('files.zip')
  const address = `/my/badges/${badge.id}/files.zip`
  return html`<li><div class="about"><strong>${file}</strong>
<p class="note">${t.say('files.zip.for')}</p></div>
${download(address, nameOf(badge, 'files.zip'), file, t)}</li>
`
}

function addressOf({ view }: HolderBadge, form: FileForm): string {
  return `${view.links.page}/${form}`
}

function nameOf({ view }: HolderBadge, form: FileForm | 'files.zip'): string {
  return fileName(view, form)
}

/** Verifiers fetch the hosted assertion, so it exists only while the badge is public. */
function hosted({ visibility, view }: HolderBadge, t: Words): Html {
  if (visibility !== 'public') return html`<p class="note">${t.say('files.hosted.private')}</p>\n`
  return html`<p>${t.say('files.hosted')} <a class="number" dir="ltr" href="${webAddress(view.links.assertion)}">${view.links.assertion}</a></p>
<p class="note">${t.say('files.hosted.text')}</p>
`
}
