import { offered } from '../../domain/programme/programme.ts'
import { wholeSeconds } from '../../domain/rules/validity.ts'
import { countFound, listFound } from '../../storage/accounts/profiles.ts'
import { countListed, listSlugs } from '../../storage/badges/directory.ts'
import type { Tools } from '../tools/tools.ts'

/** Addresses for search engines: of pages, or of further lists. */
export type Sitemap = { kind: 'pages' | 'lists'; addresses: string[] }

/** Addresses in one list: far fewer than the protocol allows, so that no list delays other requests. */
export const sitemapSize = 2_000

type Needs = Pick<Tools, 'db' | 'programmes' | 'addresses' | 'now'>

/** The sitemap: the pages of the site, and discoverable profiles and badges. */
export async function listSitemap(tools: Needs, size = sitemapSize): Promise<Sitemap> {
  const site = sitePages(tools)
  const counts = {
    profiles: await countFound(tools.db),
    badges: await countListed(tools.db, wholeSeconds(tools.now())),
  }
  if (site.length + counts.profiles + counts.badges <= size)
    return {
      kind: 'pages',
      addresses: [...site, ...(await profiles(tools, 1, size)), ...(await badges(tools, 1, size))],
    }
  const parts = (['profiles', 'badges'] as const).flatMap((name) =>
    Array.from({ length: Math.ceil(counts[name] / size) }, (_, at) => `${name}-${at + 1}`),
  )
  return { kind: 'lists', addresses: ['site', ...parts].map(tools.addresses.sitemapPart) }
}

/** One part of the sitemap: `site`, `profiles-1`, `badges-2`. Undefined if there is no such part. */
export async function listSitemapPart(
  tools: Needs,
  part: string,
  size = sitemapSize,
): Promise<Sitemap | undefined> {
  if (part === 'site') return { kind: 'pages', addresses: sitePages(tools) }
  const [, name, number] = /^(profiles|badges)-([1-9]\d{0,4})$/.exec(part) ?? []
  if (!name) return undefined
  const addresses = await (name === 'profiles' ? profiles : badges)(tools, Number(number), size)
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

async function profiles({ db, addresses }: Needs, part: number, size: number) {
  const handles = await listFound(db, { offset: (part - 1) * size, limit: size })
  return handles.map(addresses.profile)
}

async function badges({ db, addresses, now }: Needs, part: number, size: number) {
  const page = { offset: (part - 1) * size, limit: size }
  const slugs = await listSlugs(db, { now: wholeSeconds(now()), ...page })
  return slugs.map((slug) => addresses.badgeLinks(slug, '').page)
}
