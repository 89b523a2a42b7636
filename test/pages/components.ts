import { noticesStylePath } from '../../src/pages/assets.ts'
import { html } from '../../src/pages/kit/html.ts'
import { facts, part } from '../../src/pages/kit/layout.ts'
import { table } from '../../src/pages/kit/table.ts'
import { choices, emailField, toggle } from '../../src/pages/my/kit/fields.ts'
import { buttonForm, form, holderPage, notice } from '../../src/pages/my/kit/holder-page.ts'
import { tag } from '../../src/pages/my/kit/state-words.ts'
import { english } from '../../src/words/words.ts'

const page = { issuerName: 'Northwind Cloud', token: 'a-token', signedIn: true }
const cards = [
  { value: 'a', label: 'One', note: 'What it means.' },
  { value: 'b', label: html`<bdi>张伟</bdi>`, note: 'What that means.' },
]

/** One page with every component of the design, to look at and to run checks on. */
export const componentPages = {
  components: holderPage(
    { ...page, done: 'Saved.', mistake: 'Something is missing.' },
    {
      title: 'Components',
      head: html`<link rel="stylesheet" href="${noticesStylePath}">\n`,
      body: html`<div class="opening wide"><p class="eyebrow">Eyebrow</p><h1>Components</h1><p class="lead">The lead says what matters.</p></div>
${part('notices', 'Notices', html`${notice('valid', html`<p>Done.</p>`)}${notice('caution', html`<p>Beware.</p>`)}${notice('unknown', html`<p>Not known.</p>`)}`)}${part(
  'tags',
  'Tags',
  html`<p>${tag('valid', 'tick', 'Valid')} ${tag('caution', 'clock', 'Expired')} ${tag('bad', 'cross', 'Revoked')} ${tag('unknown', 'question', 'Over')}</p>`,
)}${part(
  'buttons',
  'Buttons',
  html`<div class="actions">${buttonForm('/x', page, { label: 'First', kind: '' })}${buttonForm('/x', page, { label: 'Second' })}${buttonForm('/x', page, { label: 'Small', kind: 'second small' })}${buttonForm('/x', page, { label: 'Danger', kind: 'danger' })}</div>`,
)}${part(
  'forms',
  'Forms',
  form(
    '/x',
    page,
    html`${choices('choice', 'Choice cards', cards, 'a')}<fieldset><legend>Switches</legend>
${toggle('on', { label: 'On', note: 'A note.', on: true })}${toggle('off', { label: 'Off', on: false })}</fieldset>
${emailField('A field', 'Its hint.')}<button class="button" type="submit">Send</button>`,
  ),
)}${part(
  'lists',
  'Lists',
  html`<ul class="rows"><li><div class="about"><strong>A row</strong><p class="note">With a note</p></div>${buttonForm('/x', page, { label: 'Act', about: 'Act on the row', kind: 'second small' })}</li></ul>
${facts([['Fact', html`Its value`]])}`,
)}${part('tables', 'Tables', table('A caption', ['Who', 'What'], [['Contoso', 'Mail']]))}${part(
  'dialogs',
  'Dialogs',
  html`<details open><summary>A question behind a fold</summary><p>Its answer.</p></details>`,
)}`,
    },
    english,
  ),
}
