import { mostShareLinks, type ShareLink } from '../../../domain/badge/share-link.ts'
import type { FormFacts, HolderBadge } from '../../../domain/holders/holder-view.ts'
import { dayOf } from '../../../domain/rules/attempt.ts'
import type { Words } from '../../../words/words.ts'
import { type Html, html } from '../../kit/html.ts'
import { field, toggle } from '../kit/fields.ts'
import { buttonForm, form, notice } from '../kit/holder-page.ts'
import { tag } from '../kit/state-words.ts'

type Listed = HolderBadge['shareLinks'][number]

/** The badge's share links, and the form to make another. */
export function sharing(badge: HolderBadge, facts: FormFacts, t: Words): Html {
  const { shareLinks } = badge
  return html`<p>${t.say('share.text')}</p>
${badge.visibility === 'private' && html`<p>${t.say('share.private')}</p>\n`}${shareLinks.length > 0 && html`<ul class="rows">${shareLinks.map((link) => row(badge, link, facts, t))}</ul>\n`}${
  shareLinks.length < mostShareLinks
    ? makeForm(badge, facts, t)
    : html`<p class="note">${t.say('share.full', { most: mostShareLinks })}</p>`
}`
}

/** The address of a new link, to copy now. */
export function newLinkNotice({ url, link }: { url: string; link: ShareLink }, t: Words): Html {
  return html`<div class="notices wide">${notice(
    'valid',
    html`<p><label for="new-link">${t.say('share.made', { label: link.label })}</label></p>
<div class="copy field"><input id="new-link" type="text" readonly value="${url}" aria-describedby="new-link-hint"><button class="button" type="button" hidden data-copy="new-link">${t.say('share.copy')}</button></div>
<p class="note" id="new-link-hint">${t.say('share.made.once')}</p>`,
  )}</div>
`
}

function row({ id, view }: HolderBadge, link: Listed, facts: FormFacts, t: Words): Html {
  return html`<li><div class="about"><strong><bdi>${link.label}</bdi></strong>${!link.live && tag('unknown', 'clock', t.say('share.over'))}
<p class="note">${summary(link, view.timeZone, t)}</p></div>
${buttonForm(`/my/badges/${id}/links/${link.id}/revoke`, facts, {
  label: t.say('share.revoke'),
  about: t.say('share.revoke.about', { label: link.label }),
  kind: 'second small',
})}</li>
`
}

function summary(link: Listed, timeZone: string, t: Words): string {
  const { views, viewLimit, expiresAt, seenAt, withName, withFiles, withCertificate } = link
  const count = viewLimit === null ? t.say('share.views', { views }) : limited(views, viewLimit, t)
  return [
    ...(expiresAt ? [t.say('share.until', { day: t.day(dayOf(expiresAt, timeZone)) })] : []),
    count,
    ...(seenAt ? [t.say('share.seen', { day: t.day(dayOf(seenAt, timeZone)) })] : []),
    t.say(withName ? 'share.named' : 'share.nameless'),
    ...(withFiles ? [t.say('share.files')] : []),
    ...(withCertificate ? [t.say('share.certificate')] : []),
  ].join(' · ')
}

function limited(views: number, limit: number, t: Words): string {
  return t.say('share.views.limit', { views: String(views), limit: String(limit) })
}

const lives = [7, 30, 90]

function makeForm({ id }: HolderBadge, facts: FormFacts, t: Words): Html {
  const label = field({
    id: 'link-label',
    label: t.say('share.label'),
    hint: t.say('share.label.hint'),
    input: (tied) => html`<input ${tied} type="text" name="label" maxlength="60" required>`,
  })
  const expires = field({
    id: 'link-expires',
    label: t.say('share.expires'),
    input: (tied) =>
      html`<select ${tied} name="expires"><option value="">${t.say('share.expires.never')}</option>${lives.map(
        (days) => html`<option value="P${days}D">${t.say('share.expires.in', { days })}</option>`,
      )}</select>`,
  })
  const limit = field({
    id: 'link-limit',
    label: t.say('share.limit'),
    hint: t.say('share.limit.hint'),
    input: (tied) =>
      html`<input ${tied} type="number" name="viewLimit" min="1" max="100000" inputmode="numeric">`,
  })
  return html`<h3>${t.say('share.make')}</h3>
${form(
  `/my/badges/${id}/links`,
  facts,
  html`${label}<fieldset><legend>${t.say('share.shows')}</legend>
${toggle('withName', { label: t.say('share.withName'), note: t.say('share.withName.text'), on: false })}${toggle('withFiles', { label: t.say('share.withFiles'), note: t.say('share.withFiles.text'), on: false })}${toggle('withCertificate', { label: t.say('share.withCertificate'), note: t.say('share.withCertificate.text'), on: false })}</fieldset>
<div class="pair">${expires}${limit}</div>
<button class="button" type="submit">${t.say('share.make.button')}</button>`,
)}`
}
