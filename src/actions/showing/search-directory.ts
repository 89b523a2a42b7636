import type { ListedBadge } from '../../../schemas/profile.ts'
import type { IssuerView } from '../../../schemas/view.ts'
import { lastPage, pageSize, reachOf, type Search } from '../../domain/badge/directory.ts'
import { access } from '../../domain/badge/privacy.ts'
import { listedBadge } from '../../domain/holders/profile.ts'
import { viewIssuer } from '../../domain/programme/programme-views.ts'
import { wholeSeconds } from '../../domain/rules/validity.ts'
import { findListed } from '../../storage/badges/directory.ts'
import type { Tools } from '../tools/tools.ts'
import { withVersions } from './show-public-profile.ts'

/** A page of the directory: the search, the badges found, whether there are more, and the choices. */
export type DirectoryView = {
  search: Search
  badges: ListedBadge[]
  more: boolean
  issuer: IssuerView
  achievements: { id: string; name: string }[]
  levels: { id: string; name: string }[]
}

/** The discoverable badges that match a search. Names are found only as far as they are shown. */
export async function searchDirectory(
  tools: Pick<Tools, 'db' | 'programmes' | 'addresses' | 'now'>,
  search: Search,
): Promise<DirectoryView> {
  const { db, programmes, addresses, now } = tools
  const { programme } = programmes.current()
  const reach = reachOf(search, programme)
  const page = { offset: (search.page - 1) * pageSize, limit: pageSize + 1 }
  const some =
    search.page <= lastPage(search) && (reach.keys.length > 0 || reach.names !== undefined)
  const found = some ? await findListed(db, reach, { now: wholeSeconds(now()), ...page }) : []
  const shown = found
    .slice(0, pageSize)
    .filter((badge) => access(badge, 'public', now()) === 'shown')
  const badges = await withVersions(tools, shown)
  return {
    search,
    badges: badges.map((each) => listedBadge(each, { addresses, now: now(), named: true })),
    more: found.length > pageSize && search.page < lastPage(search),
    issuer: viewIssuer(programme, addresses),
    achievements: programme.achievements.map(({ id, name }) => ({ id, name })),
    levels: programme.levels.map(({ id, name }) => ({ id, name })),
  }
}
