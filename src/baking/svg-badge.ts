import type { BadgeText } from './png.ts'
import type { Tag } from './svg-walk.ts'

export const assertionNamespace = 'http://openbadges.org'
export const credentialNamespace = 'https://purl.imsglobal.org/ob/v3p0'

/**
 * The keyword of a badge element, identified by its namespace and not its prefix (5.7, 5.8); `undefined` for artwork.
 */
export function keywordOf({ uri, local }: Tag): keyof BadgeText | undefined {
  if (uri === assertionNamespace && local === 'assertion') return 'openbadges'
  if (uri === credentialNamespace && local === 'credential') return 'openbadgecredential'
  return undefined
}
