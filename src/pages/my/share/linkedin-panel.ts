import type { Sharing } from '../../../domain/holders/sharing-links.ts'
import type { Word, Words } from '../../../words/words.ts'
import { type Html, html } from '../../kit/html.ts'
import { copyField } from '../kit/copy-field.ts'

/** Each field of LinkedIn's form, to copy: LinkedIn does not guarantee that it fills in the form from an address. */
export function linkedInPanel({ view, page }: Sharing, t: Words): Html {
  const { achievement, issuer, earnedOn, expiresOn, certificationNumber } = view
  const fields: [string, Word, string][] = [
    ['name', 'sharing.linkedIn.name', achievement.name],
    ['organization', 'sharing.linkedIn.organization', issuer.name],
    ['issued', 'sharing.linkedIn.issued', monthOf(earnedOn, t)],
    ...(expiresOn === undefined
      ? []
      : [
          ['expires', 'sharing.linkedIn.expires', monthOf(expiresOn, t)] satisfies [
            string,
            Word,
            string,
          ],
        ]),
    ['id', 'sharing.linkedIn.id', certificationNumber],
    ['url', 'sharing.linkedIn.url', page],
  ]
  return html`<p>${t.say('sharing.linkedIn.text')}</p>
<div class="form">${fields.map(([id, word, value]) => copyField({ id: `linkedin-${id}`, label: t.say(word), value }, t))}</div>
<p>${t.say('sharing.linkedIn.end')}</p>`
}

/** `2026-11-22` -> `November 2026`: LinkedIn asks for no day. */
function monthOf(date: string, { lang }: Words): string {
  const form = new Intl.DateTimeFormat(lang, { year: 'numeric', month: 'long', timeZone: 'UTC' })
  return form.format(new Date(`${date}T00:00:00Z`))
}
