import type { Words } from '../../words/words.ts'
import { html } from '../kit/html.ts'
import { icon } from '../kit/icons.ts'
import { layout } from '../kit/layout.ts'

/**
 * The one page for every badge that cannot be shown. It depends only on the language, so it cannot reveal the reason.
 */
export function notConfirmedPage(t: Words): string {
  return layout(
    {
      title: t.say('notConfirmed.title'),
      part: 'badge',
      body: html`<div class="plain wide unknown">${icon('question')}
<div class="text"><h1>${t.say('notConfirmed.heading')}</h1>
<p class="lead">${t.say('notConfirmed.text')}</p>
<h2>${t.say('notConfirmed.todo')}</h2>
<ul>
<li>${t.say('notConfirmed.todo.address')}</li>
<li>${t.say('notConfirmed.todo.holder')}</li>
<li>${t.say('notConfirmed.todo.file')}</li>
</ul></div></div>`,
    },
    t,
  )
}
