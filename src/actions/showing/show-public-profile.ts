import type { ProfileView } from '../../../schemas/profile.ts'
import type { Badge } from '../../domain/badge/badge.ts'
import { viewProfile } from '../../domain/holders/profile.ts'
import type { ProgrammeVersion } from '../../domain/programme/programme.ts'
import { findProfile, findPublicBadges } from '../../storage/accounts/profiles.ts'
import type { Tools } from '../tools/tools.ts'

/**
 * The profile with a handle, the same for every visitor. Undefined for one that is not shown, after the same single
 * query as for a missing one, so that nobody learns whether it exists.
 */
export async function showPublicProfile(
  tools: Pick<Tools, 'db' | 'programmes' | 'addresses' | 'now'>,
  handle: string,
): Promise<ProfileView | undefined> {
  const { db, programmes, addresses, now } = tools
  const profile = await findProfile(db, handle)
  if (!profile?.shown) return undefined
  const badges = await withVersions(tools, await findPublicBadges(db, profile.accountId))
  const { programme } = programmes.current()
  return viewProfile(profile, badges, { programme, addresses, now: now() })
}

/** Each badge with its programme version. */
export async function withVersions(
  { db, programmes }: Pick<Tools, 'db' | 'programmes'>,
  badges: Badge[],
): Promise<{ badge: Badge; version: ProgrammeVersion }[]> {
  const all = []
  for (const badge of badges) {
    const version = await programmes.at(db, badge.programmeVersion)
    if (!version) throw new Error(`programme version ${badge.programmeVersion} is not on record`)
    all.push({ badge, version })
  }
  return all
}
