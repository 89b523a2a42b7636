import type { Words } from '../../../words/words.ts'
import { copyScriptPath } from '../../assets.ts'
import { type Html, html } from '../../kit/html.ts'

type Copied = { id: string; label: string; value: string; lines?: number }

/** The script behind copy buttons, with the words for their success. Pages without such a button leave it out. */
export function copyScript(t: Words): Html {
  return html`<script src="${copyScriptPath}" data-copied="${t.say('share.copied')}" defer></script>\n`
}

/** A text to copy: a field that can be selected by hand, and a button if scripts run. `lines` is for longer texts. */
export function copyField({ id, label, value, lines }: Copied, t: Words): Html {
  const box =
    lines === undefined
      ? html`<input id="${id}" type="text" readonly value="${value}">`
      : html`<textarea id="${id}" readonly rows="${lines}" dir="ltr" spellcheck="false">${value}</textarea>`
  return html`<div class="field"><label for="${id}">${label}</label>
<div class="copy">${box}<button class="button second small" type="button" hidden data-copy="${id}" aria-describedby="${id}">${t.say('share.copy')}</button></div></div>
`
}
