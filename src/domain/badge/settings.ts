import type { PrivacyChange, PrivacySettings } from '../../../schemas/badge.ts'

/**
 * A change of a badge's settings, with its consequences. Only a public badge can be discoverable (privacy, Controls),
 * so a change that makes it less than public also makes it undiscoverable. Making it public again does not undo that.
 */
export function withConsequences(
  settings: Pick<PrivacySettings, 'visibility' | 'discoverable'>,
  change: PrivacyChange,
): PrivacyChange {
  const { visibility, discoverable } = { ...settings, ...change }
  return discoverable && visibility !== 'public' ? { ...change, discoverable: false } : change
}

/** Whether a change asks to make a badge discoverable that is not public. */
export function asksToFindHidden(
  { visibility }: Pick<PrivacySettings, 'visibility'>,
  change: PrivacyChange,
): boolean {
  return change.discoverable === true && (change.visibility ?? visibility) !== 'public'
}
