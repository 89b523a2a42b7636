import type { GoneView } from '../../../schemas/view.ts'
import type { Words } from '../../words/words.ts'
import { html } from '../kit/html.ts'
import { inLanguage } from '../kit/in-language.ts'
import { layout, part } from '../kit/layout.ts'
import { againFor, mailLink, picture } from '../kit/links.ts'
import { inPortrait } from '../kit/picture-choice.ts'
import { rich } from '../kit/rich.ts'
import { revokedWords } from '../kit/verdict-words.ts'
import { verdictBar } from './verdict-bar.ts'

/** All that the public sees of a revoked badge: what it was for and since when it is revoked, but not its holder. */
export function gonePage(view: GoneView, t: Words): string {
  const { achievement, issuer } = view
  const verdict = revokedWords(view, t)
  return layout(
    {
      title: t.say('gone.title', { achievement: achievement.name }),
      issuerName: issuer.name,
      part: 'badge',
      again: againFor(view),
      bar: verdictBar(verdict, t),
      body: html`<article class="portrait wide">
${picture(view.links.image, t.say('gone.picture', { achievement: achievement.name }), 320, inPortrait)}
<div class="name"><p class="eyebrow">${rich(t, 'gone.issuedBy', { issuer: html`<bdi>${issuer.name}</bdi>` })}</p>
<h1>${inLanguage(achievement.name, issuer, t)}</h1></div>
<div class="rest"><p>${t.say('gone.text')}</p></div>
</article>
${part(
  'doubt',
  t.say('gone.todo'),
  html`<p>${t.say('gone.todo.text')}</p>
<p>${rich(t, 'gone.todo.mistake', { email: mailLink(issuer.email) })}</p>`,
)}
<p class="record wide">${rich(t, 'gone.record', { address: html`<bdi>${view.links.page}</bdi>` })}</p>`,
    },
    t,
  )
}
