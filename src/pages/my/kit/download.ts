import type { Words } from '../../../words/words.ts'
import { type Html, html } from '../../kit/html.ts'
import { webAddress } from '../../kit/links.ts'

/** A button that downloads a file. Its accessible name says which file. */
export function download(address: string, name: string, file: string, t: Words): Html {
  const at = address.startsWith('/') ? address : webAddress(address)
  return html`<a class="button second small" href="${at}" download="${name}" aria-label="${t.say('files.download.about', { file })}">${t.say('files.download')}</a>`
}
