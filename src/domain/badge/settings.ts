import type { PrivacyChange, PrivacySettings } from '../../../schemas/badge.ts'

/**
 * A change of a badge's settings with what follows from it: only a public badge can be found (privacy, Controls), so a change that
 * makes it less than public also takes it out of the lists, and it does not come back to them by itself.
 */
export function withConsequences(
  settings: Pick<PrivacySettings, 'visibility' | 'discoverable'>,
  change: PrivacyChange,
): PrivacyChange {
  const { visibility, discoverable } = { ...settings, ...change }
  return discoverable && visibility !== 'public' ? { ...change, discoverable: false } : change
}

/** Whether a change asks that a badge be found which is not public. */
export function asksToFindHidden(
  { visibility }: Pick<PrivacySettings, 'visibility'>,
  change: PrivacyChange,
): boolean {
  return change.discoverable === true && (change.visibility ?? visibility) !== 'public'
}
