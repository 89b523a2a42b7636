import type { BadgeView, GoneView } from '../../../schemas/view.ts'
import type { Words } from '../../words/words.ts'
import { revokedWords, verdictWords } from '../kit/verdict-words.ts'
import { embedSize } from './embed-page.ts'
import { embedFrame } from './snippets.ts'

/** The greatest width and height that the other site has room for, in CSS pixels. */
export type Room = { width?: number | undefined; height?: number | undefined }

/** The oEmbed 1.0 answer (section 2.3.4) to a site that wants to show a badge. `embed` is the address of the frame. */
export function oEmbed(
  view: BadgeView | GoneView,
  { embed, origin, room }: { embed: string; origin: string; room: Room },
  t: Words,
) {
  const { achievement, issuer } = view
  const size = {
    width: Math.min(embedSize.width, room.width ?? embedSize.width),
    height: Math.min(embedSize.height, room.height ?? embedSize.height),
  }
  const title = `${achievement.name} · ${issuer.name}`
  const verdict = 'earnedOn' in view ? verdictWords(view, undefined, t) : revokedWords(view, t)
  return {
    version: '1.0',
    type: 'rich',
    // As in every preview, the first words say when the badge is not valid.
    title: verdict.tone === 'valid' ? title : `${verdict.words}: ${title}`,
    provider_name: issuer.name,
    provider_url: origin,
    cache_age: 300,
    html: embedFrame({ embed, achievement: achievement.name, ...size }, t),
    ...size,
    ...thumbnail(view, room),
  }
}

/** oEmbed 2.3.4: the thumbnail must fit the room as well. */
function thumbnail(view: BadgeView | GoneView, { width = 1200, height = 630 }: Room) {
  const card = 'preview' in view ? view.preview?.card : undefined
  if (card === undefined || width < 1200 || height < 630) return {}
  return { thumbnail_url: card, thumbnail_width: 1200, thumbnail_height: 630 }
}
