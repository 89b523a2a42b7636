import { html } from './html.ts'
import { layout } from './layout.ts'
import { mark } from './marks.ts'

const page = layout({
  title: 'We cannot confirm this badge',
  body: html`<div class="plain wide unknown">${mark('question')}
<div class="text"><h1>We cannot confirm a badge here</h1>
<p class="lead">We cannot confirm a badge at this address. It may be private, removed, or never have existed. Treat it as not verified.</p>
<h2>What to do</h2>
<ul>
<li>Check that the address is complete: mail programs sometimes break long links.</li>
<li>Ask the holder to open the badge and to send you a link that is meant for you.</li>
<li>If you were given a badge file, it can still be checked by any verifier of Open Badges.</li>
</ul></div></div>`,
})

/** The one page for every badge that cannot be shown. It takes no argument, so it cannot tell one reason from another. */
export function notConfirmedPage(): string {
  return page
}
