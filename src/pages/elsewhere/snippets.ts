import type { BadgeView, PreviewLinks } from '../../../schemas/view.ts'
import type { Words } from '../../words/words.ts'
import { type Html, html } from '../kit/html.ts'
import { webAddress } from '../kit/links.ts'
import { embedSize } from './embed-page.ts'

type Frame = { embed: string; achievement: string; width?: number; height?: number }

/**
 * The frame that shows a badge on another site. The sandbox forbids everything except the link that opens the badge's
 * page in a tab.
 */
export function embedFrame({ embed, achievement, ...size }: Frame, t: Words): string {
  const { width, height } = { ...embedSize, ...size }
  const title = t.say('badge.embed', { achievement })
  return html`<iframe src="${webAddress(embed)}" title="${title}" width="${width}" height="${height}" loading="lazy" sandbox="allow-popups allow-popups-to-escape-sandbox" frameborder="0"></iframe>`
    .text
}

/** The same for sites that forbid frames: words and a link. */
export function embedQuote({ achievement, issuer, holder, links }: BadgeView): string {
  const by = holder ? html`${holder.name} · ${issuer.name}` : html`${issuer.name}`
  return html`<blockquote cite="${webAddress(links.page)}"><p><a href="${webAddress(links.page)}">${achievement.name}</a></p><p>${by}</p></blockquote>`
    .text
}

/** The side of the picture in the signature of a mail, in CSS pixels. The file has twice as many. */
export const signatureSide = 96

/**
 * The block for the signature of a mail. It is a table without styles: mail programs support little else and drop
 * styles. The picture is loaded by its address, so it shows the badge's status when the mail is read. Where pictures
 * are blocked, the words are complete.
 */
export function signatureBlock(view: BadgeView, preview: PreviewLinks, t: Words): Html {
  const { achievement, issuer, links, expiresOn } = view
  const page = webAddress(links.page)
  const until = expiresOn && t.say('sharing.signature.until', { day: t.day(expiresOn) })
  return html`<table role="presentation"><tbody><tr><td><a href="${page}"><img src="${webAddress(preview.signature)}" alt="${achievement.pictureAlt}" width="${signatureSide}" height="${signatureSide}"></a></td><td><a href="${page}"><strong>${achievement.name}</strong></a><br>${issuer.name}${until && html`<br>${until}`}</td></tr></tbody></table>`
}
