import type { JsonFeed, ListedBadge, ProfileView } from '../../../schemas/profile.ts'
import type { IssuerView } from '../../../schemas/view.ts'
import type { Search } from '../../domain/badge/directory.ts'
import type { Words } from '../../words/words.ts'
import { queryOf } from './directory-query.ts'
import { daysOf, titleOf } from './listed-words.ts'

const version = 'https://jsonfeed.org/version/1.1'

/** The badges of a profile as a JSON Feed 1.1. */
export function profileFeed({ name, page, feed, issuer, badges }: ProfileView, t: Words): JsonFeed {
  return {
    version,
    title: titleOf(name, issuer, t),
    home_page_url: page,
    feed_url: feed,
    language: t.lang,
    ...(name && { authors: [{ name, url: page }] }),
    items: badges.map((badge) => item(badge, t)),
  }
}

type Found = { search: Search; badges: ListedBadge[]; more: boolean; issuer: IssuerView }

/** A page of the directory as a JSON Feed 1.1, with the address of the next page. */
export function directoryFeed(
  { search, badges, more, issuer }: Found,
  addresses: { directory: string; directoryFeed: string },
  t: Words,
): JsonFeed {
  const { directory, directoryFeed: feed } = addresses
  return {
    version,
    title: t.say('directory.feed', { issuer: issuer.name }),
    home_page_url: `${directory}${queryOf(search)}`,
    feed_url: `${feed}${queryOf(search)}`,
    ...(more && { next_url: `${feed}${queryOf({ ...search, page: search.page + 1 })}` }),
    language: t.lang,
    items: badges.map((badge) => item(badge, t)),
  }
}

function item(badge: ListedBadge, t: Words): JsonFeed['items'][number] {
  const { page, image, achievement, holder, validFrom } = badge
  const name = holder?.name
  return {
    id: page,
    url: page,
    title: name === undefined ? achievement.name : `${name} · ${achievement.name}`,
    content_text: `${daysOf(badge, t)}. ${achievement.description}`,
    image,
    date_published: validFrom,
    ...(name !== undefined && { authors: [{ name }] }),
  }
}
