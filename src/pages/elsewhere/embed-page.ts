import type { BadgeView, GoneView } from '../../../schemas/view.ts'
import type { Words } from '../../words/words.ts'
import { embedStylePath } from '../assets.ts'
import { type Html, html } from '../kit/html.ts'
import { icon } from '../kit/icons.ts'
import { inLanguage } from '../kit/in-language.ts'
import { hostOf, picture, webAddress } from '../kit/links.ts'
import { inWidth } from '../kit/picture-choice.ts'
import { revokedWords, type VerdictWords, verdictWords } from '../kit/verdict-words.ts'

/** The size of a badge on other sites, in CSS pixels. */
export const embedSize = { width: 320, height: 180 }

/** A badge in a frame on another site: its picture, achievement, holder, and whether it is valid now. */
export function embedPage(view: BadgeView, t: Words): string {
  const { achievement, holder, links } = view
  return embed(
    achievement.name,
    html`${verdictLine(verdictWords(view, undefined, t))}
<div class="what">${picture(inWidth(links.image, 192), achievement.pictureAlt, 96)}
<div><h1>${inLanguage(achievement.name, achievement, t)}</h1>
${holder && html`<p><bdi>${holder.name}</bdi></p>\n`}</div></div>
${checkLine(links.page, t)}`,
    t,
  )
}

/** The same for a revoked badge, without its holder. */
export function goneEmbedPage(view: GoneView, t: Words): string {
  const { name } = view.achievement
  return embed(
    t.say('gone.title', { achievement: name }),
    html`${verdictLine(revokedWords(view, t))}
<div class="what">${picture(inWidth(view.links.image, 192), t.say('gone.picture', { achievement: name }), 96)}
<div><h1>${inLanguage(name, view.issuer, t)}</h1></div></div>
${checkLine(view.links.page, t)}`,
    t,
  )
}

/** The frame for a badge that cannot be shown. It depends only on the language, so it cannot reveal the reason. */
export function noEmbedPage(t: Words): string {
  const title = t.say('notConfirmed.title')
  return embed(
    title,
    html`<div class="bar unknown">${icon('question')}<h1>${title}</h1></div>
<p class="lead">${t.say('notConfirmed.text')}</p>`,
    t,
  )
}

function embed(title: string, body: Html, t: Words): string {
  return html`<!DOCTYPE html>
<html lang="${t.lang}" dir="${t.dir}">
<head>
<meta charset="utf-8">
<title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="stylesheet" href="${embedStylePath}">
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`.text
}

function verdictLine({ tone, mark: drawing, words }: VerdictWords): Html {
  return html`<p class="bar ${tone}">${icon(drawing)}<strong>${words}</strong></p>`
}

/** A link to the badge's page. It opens a new tab, because the frame belongs to another site. */
function checkLine(page: string, t: Words): Html {
  const words = t.say('badge.embed.check', { domain: hostOf(page) })
  return html`<p class="check"><a href="${webAddress(page)}" target="_blank" rel="noopener">${words}</a></p>`
}
