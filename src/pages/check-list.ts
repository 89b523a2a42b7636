import type { Check } from '../../schemas/verdict.ts'
import type { Words } from '../words/words.ts'
import { type Html, html } from './html.ts'
import { type Mark, mark } from './marks.ts'

/** Every check that was made, with its result as a word and a shape, its reason and its second. */
export function checkList(checks: Check[], timeZone: string, t: Words): Html {
  return html`<ul class="checks">${checks.map((check) => item(check, timeZone, t))}</ul>`
}

const results: Record<Check['result'], { tincture: string; mark: Mark }> = {
  pass: { tincture: 'valid', mark: 'tick' },
  fail: { tincture: 'bad', mark: 'cross' },
  'could-not-check': { tincture: 'unknown', mark: 'question' },
}

function item(check: Check, timeZone: string, t: Words): Html {
  const result = results[check.result]
  return html`<li class="${result.tincture}">${mark(result.mark)}
<p class="check-name">${t.say(`check.name.${check.name}`)} <strong>${t.say(`check.result.${check.result}`)}</strong></p>
<p class="check-reason">${check.reason}</p>
<p class="note"><time datetime="${check.at}">${t.moment(check.at, timeZone, 'second')}</time></p></li>
`
}
