import type { ListedBadge } from '../../../schemas/profile.ts'
import type { IssuerView } from '../../../schemas/view.ts'
import type { Words } from '../../words/words.ts'

/** The title of a profile, with its name if it shows one. */
export function titleOf(name: string | undefined, issuer: IssuerView, t: Words): string {
  if (name === undefined) return t.say('profile.title', { issuer: issuer.name })
  return t.say('profile.title.named', { name, issuer: issuer.name })
}

/** When a badge was earned, and its state now. */
export function daysOf({ status, earnedOn, expiresOn }: ListedBadge, t: Words): string {
  return t.say(`listed.${status}`, { earned: t.day(earnedOn), expires: t.day(expiresOn) })
}
