import type { Check } from '../../schemas/verdict.ts'
import { instantText } from './dates.ts'
import { type Html, html } from './html.ts'
import { type Mark, mark } from './marks.ts'

/** Every check that was made, with its result as a word and a shape, its reason and its second. */
export function checkList(checks: Check[], timeZone: string): Html {
  return html`<ul class="checks">${checks.map((check) => item(check, timeZone))}</ul>`
}

const names: Record<Check['name'], string> = {
  file: 'Badge file',
  address: 'Address',
  signature: 'Signature',
  issuer: 'Issuer',
  revocation: 'Withdrawal',
  suspension: 'Review',
  dates: 'Dates',
}

const results: Record<Check['result'], { tincture: string; mark: Mark; word: string }> = {
  pass: { tincture: 'valid', mark: 'tick', word: 'Passed' },
  fail: { tincture: 'bad', mark: 'cross', word: 'Failed' },
  'could-not-check': { tincture: 'unknown', mark: 'question', word: 'Could not check' },
}

function item(check: Check, timeZone: string): Html {
  const result = results[check.result]
  return html`<li class="${result.tincture}">${mark(result.mark)}
<p class="check-name">${names[check.name]} <strong>${result.word}</strong></p>
<p class="check-reason">${check.reason}</p>
<p class="note"><time datetime="${check.at}">${instantText(check.at, timeZone, 'second')}</time></p></li>
`
}
