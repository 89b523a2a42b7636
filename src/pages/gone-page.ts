import type { GoneView } from '../../schemas/view.ts'
import { html } from './html.ts'
import { layout, part } from './layout.ts'
import { mailLink, picture } from './links.ts'
import { verdictBar } from './verdict-bar.ts'
import { revokedWords } from './verdict-words.ts'

/** All that the public is told of a badge that was withdrawn: what it was for and since when, not whose. */
export function gonePage(view: GoneView): string {
  const { achievement, issuer, since, reason, timeZone } = view
  const verdict = revokedWords(since, timeZone, reason)
  return layout({
    title: `No longer valid: ${achievement.name}`,
    issuerName: issuer.name,
    bar: verdictBar(verdict),
    body: html`<article class="portrait wide">
${picture(view.links.image, `Badge ${achievement.name}, no longer valid`, 320)}
<div class="name"><p class="eyebrow">Was issued by ${issuer.name}</p>
<h1>${achievement.name}</h1></div>
<div class="rest"><p>A badge for this certification was issued at this address. It is no longer valid, and neither is any copy of its file.</p></div>
</article>
${part(
  'doubt',
  'What to do',
  html`<p>Please do not rely on this badge. If somebody showed it to you as current, ask them for the link to a newer one.</p>
<p>If you think this is a mistake, write to ${mailLink(issuer.email)} and say which address you opened.</p>`,
)}
<p class="record wide">This record shows what ${view.links.page} said when it was printed.</p>`,
  })
}
