import type { FormFacts, HolderBadge } from '../../../domain/holders/holder-view.ts'
import type { Words } from '../../../words/words.ts'
import { shareScriptPath } from '../../assets.ts'
import { type Html, html } from '../../kit/html.ts'
import { inLanguage } from '../../kit/in-language.ts'
import { part } from '../../kit/layout.ts'
import { link } from '../../kit/links.ts'
import { rich } from '../../kit/rich.ts'
import { copyScript } from '../kit/copy-field.ts'
import { buttonForm, type HolderPageFacts, holderPage } from '../kit/holder-page.ts'
import { linkedInPanel } from './linkedin-panel.ts'
import { networks } from './networks.ts'
import { elsewhere } from './share-elsewhere.ts'
import { type NewLink, notShared, sharedAddress, sharingOf } from './share-facts.ts'
import { newLinkNotice } from './sharing.ts'

export type SharePageFacts = HolderPageFacts & {
  badge: HolderBadge
  newLink?: NewLink
  /** The number of the programme's page on LinkedIn. */
  organizationId?: string | undefined
}

/**
 * All ways to share one badge: networks, LinkedIn field by field, a website, a mail signature, and how it looks there.
 */
export function sharePage(facts: SharePageFacts, t: Words): string {
  const { badge, newLink } = facts
  const address = sharedAddress(badge, newLink)
  return holderPage(
    { ...facts, signedIn: true },
    {
      title: t.say('sharing.title', { achievement: badge.view.achievement.name }),
      again: { path: `/my/badges/${badge.id}/share` },
      ...(address !== undefined && { head: scripts(t) }),
      body: html`${newLink && newLinkNotice(newLink, t)}<div class="opening wide"><p class="eyebrow"><a href="/my/badges/${badge.id}">${inLanguage(badge.view.achievement.name, badge.view.achievement, t)}</a></p>
<h1>${t.say('sharing.heading')}</h1>
<p class="lead">${t.say('sharing.lead')}</p></div>
${address === undefined ? part('networks', t.say('sharing.networks'), unshared(badge, facts, t)) : shared(facts, address, t)}`,
    },
    t,
  )
}

function scripts(t: Words): Html {
  return html`${copyScript(t)}<script src="${shareScriptPath}" defer></script>
`
}

/** The first step of sharing, on the page of the badge, or why it cannot be shared. */
export function shareIt(
  badge: HolderBadge,
  facts: FormFacts & Pick<SharePageFacts, 'organizationId'>,
  t: Words,
): Html {
  if (badge.view.preview === undefined) return unshared(badge, facts, t)
  const at = `/my/badges/${badge.id}/share`
  return html`<p>${t.say('sharing.short')}</p>
<p><a class="button" href="${at}">${t.say('sharing.all')}</a></p>`
}

/** What the holder must do before others could open what is shared. */
function unshared(badge: HolderBadge, facts: FormFacts, t: Words): Html {
  const why = notShared(badge)
  if (why !== undefined) return html`<p>${t.say(why)}</p>`
  const named = badge.nameDisplay === 'full' ? 'yes' : 'no'
  return html`<p>${t.say('sharing.private', { named })}</p>
${buttonForm(`/my/badges/${badge.id}/share`, facts, { label: t.say('sharing.make'), kind: '' })}`
}

function shared(
  { badge, newLink, organizationId }: SharePageFacts,
  address: string,
  t: Words,
): Html {
  const sharing = sharingOf(badge, address, { organizationId }, t)
  const once = badge.view.preview === undefined && newLink !== undefined
  return html`${part('networks', t.say('sharing.networks'), html`${once && html`<p>${t.say('sharing.once')}</p>\n`}${networks(sharing, t)}`)}${part('linkedin', t.say('sharing.linkedIn'), linkedInPanel(sharing, t))}${elsewhere(badge.view, t)}${part('previews', t.say('sharing.previews'), previews(t))}`
}

function previews(t: Words): Html {
  const inspector = 'https://www.linkedin.com/post-inspector/'
  const debug = 'https://developers.facebook.com/tools/debug/'
  return html`<p>${rich(t, 'sharing.previews.text', {
    linkedIn: link(inspector, t.say('sharing.previews.linkedIn')),
    facebook: link(debug, t.say('sharing.previews.facebook')),
  })}</p>`
}
