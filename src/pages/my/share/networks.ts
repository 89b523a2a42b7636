import { type Channel, type Sharing, sharingLinks } from '../../../domain/holders/sharing.ts'
import type { Words } from '../../../words/words.ts'
import { type Html, html } from '../../kit/html.ts'
import { copyField } from '../kit/copy-field.ts'
import { qrCode } from './qr.ts'

const others = ['linkedInPost', 'x', 'facebook', 'mail', 'weibo'] as const satisfies Channel[]

/** A button for each network, the system's own sharing where there is one, WeChat by a code, and the address itself. */
export function networks(sharing: Sharing, t: Words): Html {
  const { page, said } = sharing
  const links = sharingLinks(sharing)
  return html`<div class="actions">${button(links, 'linkedInProfile', '', t)}${others.map((channel) => button(links, channel, ' second', t))}<button class="button second" type="button" hidden data-share data-title="${said.subject}" data-text="${said.post}" data-url="${page}">${t.say('sharing.native')}</button></div>
${copyField({ id: 'address', label: t.say('sharing.address'), value: page }, t)}<details><summary>${t.say('sharing.wechat')}</summary>
<div class="text"><p>${t.say('sharing.wechat.text')}</p>
${qrCode(page, t.say('sharing.wechat.code', { address: page }))}</div></details>`
}

/** In a tab of its own: a link that was just made is on this page only. A mail opens no page. */
function button(links: Record<Channel, string>, channel: Channel, kind: string, t: Words): Html {
  const [href, words] = [links[channel], t.say(`sharing.${channel}`)]
  if (channel === 'mail') return html`<a class="button${kind}" href="${href}">${words}</a>\n`
  return html`<a class="button${kind}" href="${href}" target="_blank" rel="noopener">${words}</a>\n`
}
