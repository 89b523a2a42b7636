import type { Words } from '../../words/words.ts'
import { type Html, html } from '../kit/html.ts'
import { icon } from '../kit/icons.ts'
import type { VerdictWords } from '../kit/verdict-words.ts'

/** The top of a page about a badge: the verdict as a word, a shape and a colour. */
export function verdictBar(verdict: VerdictWords, t: Words, when?: Html): Html {
  return html`<section class="verdict ${verdict.tone}" aria-label="${t.say('verdict.label')}"><div class="wide">
${icon(verdict.mark)}
<div><p class="verdict-words">${verdict.words}</p>
<p class="verdict-meaning">${verdict.meaning}${when && html` <span class="verdict-when">${when}</span>`}</p></div>
</div></section>`
}
