import type { everyState, Holder } from './own-states.ts'
import type { Stop } from './stops.ts'

type World = Awaited<ReturnType<typeof everyState>>

/** The page on which a badge is shared, in every state that changes it. */
export function shareStops({ states }: World): Stop[] {
  const stop = (name: string, as: Holder, words: string, go?: Stop['go']): Stop => ({
    name: `share, ${name}`,
    words,
    address: `/my/badges/${as.badge.id}/share`,
    as,
    ...(go && { go }),
  })
  return [
    stop('public', states.public, 'Add it to my LinkedIn profile'),
    stop('expired', states.expired, 'Add it to my LinkedIn profile'),
    stop('private', states.private, 'Networks need an address that others can open'),
    stop('unclaimed', states.unclaimed, 'Claim it first'),
    stop('revoked', states.revoked, 'It no longer holds'),
    stop('link made', states['by link'], 'The buttons below carry your new link.', (page) =>
      page.getByRole('button', { name: 'Make a link to share' }).click(),
    ),
  ]
}
