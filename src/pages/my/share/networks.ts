import { type Channel, type Sharing, sharingLinks } from '../../../domain/holders/sharing-links.ts'
import type { Words } from '../../../words/words.ts'
import { type Html, html } from '../../kit/html.ts'
import { copyField } from '../kit/copy-field.ts'
import { qrCode } from './qr.ts'

const others = ['linkedInPost', 'x', 'facebook', 'mail', 'weibo'] as const satisfies Channel[]

/**
 * A button for each network, the operating system's share dialog if it has one, WeChat by a QR code, and the address
 * itself.
 */
export function networks(sharing: Sharing, t: Words): Html {
  const { page, said: texts } = sharing
  const links = sharingLinks(sharing)
  return html`<div class="actions">${button(links, 'linkedInProfile', '', t)}${others.map((channel) => button(links, channel, ' second', t))}<button class="button second" type="button" hidden data-share data-title="${texts.subject}" data-text="${texts.post}" data-url="${page}">${t.say('sharing.native')}</button></div>
${copyField({ id: 'address', label: t.say('sharing.address'), value: page }, t)}<details><summary>${t.say('sharing.wechat')}</summary>
<div class="text"><p>${t.say('sharing.wechat.text')}</p>
${qrCode(page, t.say('sharing.wechat.code', { address: page }))}</div></details>`
}

/** Opens a new tab, because only this page shows the address of a new link. A mail opens no page. */
function button(links: Record<Channel, string>, channel: Channel, kind: string, t: Words): Html {
  const [href, words] = [links[channel], t.say(`sharing.${channel}`)]
  if (channel === 'mail') return html`<a class="button${kind}" href="${href}">${words}</a>\n`
  return html`<a class="button${kind}" href="${href}" target="_blank" rel="noopener">${words}</a>\n`
}
