import type { Check } from '../../../schemas/verdict.ts'
import type { BadgeView } from '../../../schemas/view.ts'
import type { Words } from '../../words/words.ts'
import { type Html, html } from '../kit/html.ts'
import { type Icon, icon } from '../kit/icons.ts'
import { hostOf } from '../kit/links.ts'
import { rich } from '../kit/rich.ts'

type Checked = Pick<BadgeView, 'links' | 'timeZone' | 'validFrom' | 'validUntil'>

/** Every check of a badge, with its result as a word and a shape, its finding, and the second at which it was made. */
export function checkList(checks: Check[], badge: Checked, t: Words): Html {
  return html`<ul class="checks">${checks.map((check) => item(check, badge, t))}</ul>`
}

const results: Record<Check['result'], { tone: string; mark: Icon }> = {
  pass: { tone: 'valid', mark: 'tick' },
  fail: { tone: 'bad', mark: 'cross' },
  'could-not-check': { tone: 'unknown', mark: 'question' },
}

function item(check: Check, badge: Checked, t: Words): Html {
  const result = results[check.result]
  return html`<li class="${result.tone}">${icon(result.mark)}
<p class="check-name">${t.say(`check.name.${check.name}`)} <strong>${t.say(`check.result.${check.result}`)}</strong></p>
<p class="check-reason">${found(check, badge, t)}</p>
<p class="note"><time datetime="${check.at}">${t.moment(check.at, badge.timeZone, 'second')}</time></p></li>
`
}

/** A check's finding in the reader's language. The check's own sentence is English, for programs. */
function found({ name, result }: Check, badge: Checked, t: Words): Html {
  if (result === 'could-not-check') return html`${t.say('check.found.could-not-check')}`
  const { links, timeZone, validFrom, validUntil } = badge
  return rich(t, `check.found.${name}.${result}`, {
    domain: html`<bdi>${hostOf(links.page)}</bdi>`,
    from: t.moment(validFrom, timeZone),
    ends: validUntil === undefined ? 'no' : 'yes',
    until: validUntil === undefined ? '' : t.moment(validUntil, timeZone, 'second'),
  })
}
