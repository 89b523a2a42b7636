import type { BadgeView } from '../../../../schemas/view.ts'
import type { Words } from '../../../words/words.ts'
import { embedFrame, embedQuote, signatureBlock } from '../../elsewhere/snippets.ts'
import { Html, html } from '../../kit/html.ts'
import { part } from '../../kit/layout.ts'
import { copyField } from '../kit/copy-field.ts'

/** Snippets that stay on other sites and in mails, so they are offered for public badges only. */
export function elsewhere(view: BadgeView, t: Words): Html {
  const { preview, achievement } = view
  if (preview === undefined) return new Html('')
  const frame = embedFrame({ embed: preview.embed, achievement: achievement.name }, t)
  const signature = signatureBlock(view, preview, t)
  return html`${part(
    'site',
    t.say('sharing.site'),
    html`<p>${t.say('sharing.site.text')}</p>
${copyField({ id: 'frame', label: t.say('sharing.site.frame'), value: frame, lines: 5 }, t)}${copyField({ id: 'quote', label: t.say('sharing.site.quote'), value: embedQuote(view), lines: 4 }, t)}`,
  )}${part(
    'signature',
    t.say('sharing.signature'),
    html`<p>${t.say('sharing.signature.text')}</p>
<p>${t.say('sharing.signature.preview')}</p>
<div class="paper">${signature}</div>
${copyField({ id: 'signature-code', label: t.say('sharing.signature.code'), value: signature.text, lines: 6 }, t)}`,
  )}`
}
