import { offered } from '../../domain/programme/programme.ts'
import { wholeSeconds } from '../../domain/rules/validity.ts'
import { type Listing, listPart, listParts } from '../../storage/sitemap.ts'
import type { Tools } from '../tools/tools.ts'

/** Addresses for search engines: of pages, or of further lists. */
export type Sitemap = { kind: 'pages' | 'lists'; addresses: string[] }

/** Addresses in one list: far fewer than the protocol allows, so that no list delays other requests. */
export const sitemapSize = 2_000

type Needs = Pick<Tools, 'db' | 'programmes' | 'addresses' | 'now'>

/** The sitemap: the pages of the site, and discoverable profiles and badges. */
export async function listSitemap(tools: Needs, size = sitemapSize): Promise<Sitemap> {
  const { db, addresses } = tools
  const page = { now: wholeSeconds(tools.now()), size }
  const parts = {
    profiles: await listParts(db, 'profiles', page),
    badges: await listParts(db, 'badges', page),
  }
  if (parts.profiles.length <= 1 && parts.badges.length <= 1) {
    const all = [
      ...sitePages(tools),
      ...(await pagesOf(tools, 'profiles', { ...page, part: parts.profiles[0] ?? 1 })),
      ...(await pagesOf(tools, 'badges', { ...page, part: parts.badges[0] ?? 1 })),
    ]
    if (all.length <= size) return { kind: 'pages', addresses: all }
  }
  const names = (['profiles', 'badges'] as const).flatMap((listing) =>
    parts[listing].map((number) => `${listing}-${number}`),
  )
  return { kind: 'lists', addresses: ['site', ...names].map(addresses.sitemapPart) }
}

/** One part of the sitemap: `site`, `profiles-1`, `badges-2`. Undefined if there is no such part. */
export async function listSitemapPart(
  tools: Needs,
  name: string,
  size = sitemapSize,
): Promise<Sitemap | undefined> {
  if (name === 'site') return { kind: 'pages', addresses: sitePages(tools) }
  const [, listing, part] = /^(profiles|badges)-([1-9]\d{0,4})$/.exec(name) ?? []
  if (!listing) return undefined
  const page = { now: wholeSeconds(tools.now()), size, part: Number(part) }
  const addresses = await pagesOf(tools, listing as Listing, page)
  return addresses.length > 0 ? { kind: 'pages', addresses } : undefined
}

function sitePages({ programmes, addresses }: Needs): string[] {
  const { programme, version } = programmes.current()
  return [
    addresses.home,
    addresses.help,
    addresses.directory,
    ...offered(programme).map(({ id }) => addresses.ob3Achievement(id, version)),
  ]
}

type Page = { now: string; size: number; part: number }

async function pagesOf({ db, addresses }: Needs, listing: Listing, page: Page): Promise<string[]> {
  const names = await listPart(db, listing, page)
  if (listing === 'profiles') return names.map(addresses.profile)
  return names.map((slug) => addresses.badgeLinks(slug, '').page)
}
