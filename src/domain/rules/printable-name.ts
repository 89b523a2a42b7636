import { type Damage, damagedNames, damageOf, type ShownNames } from '../people/damaged-name.ts'
import type { Result } from './result.ts'
import { type ReviewItem, reviewItem } from './review.ts'

type Whose = { source: string; candidateId: string; resultId: string }

/** The id of the question whether the damaged names of a holder are right: it holds for exactly these names. */
export function damagedNameId(whose: Whose, names: ShownNames): string {
  return damageItem(whose, names, { facts: {}, reason: '' }).id
}

/**
 * The question about a holder's name that is damaged, as its last message has it. It settles itself when a sound name comes; an
 * operator who finds the name right releases it.
 */
export function damagedName({ source, resultId, message }: Result): ReviewItem | undefined {
  const { id, fullName, latinName } = message.candidate
  const names = damagedNames({ fullName, latinName })
  if (names.length === 0) return undefined
  const damage = [...new Set(names.flatMap(damageOf))]
  const lost = names.join('').match(/[\ufffd\p{Co}\p{Cn}]/gu) ?? []
  const characters = [...new Set(lost)].map(codePoints)
  const why = damage.map((each) => said[each]).join('; ')
  return damageItem(
    { source, candidateId: id, resultId },
    { fullName, latinName },
    {
      facts: { damage, ...(characters.length > 0 && { characters }) },
      reason: `The holder's name seems to have been damaged on its way here: ${why}. The badge is issued; its certificate and preview card are withheld until the exam system sends the name as it is, as a higher revision, or until you release the name because it is right.`,
    },
  )
}

function damageItem(
  whose: Whose,
  names: ShownNames,
  said: Pick<ReviewItem, 'facts' | 'reason'>,
): ReviewItem {
  return reviewItem({ kind: 'unprintable-name', ...whose, ...said }, [
    'damaged',
    ...damagedNames(names),
  ])
}

const said: Record<Damage, string> = {
  'replacement-character': 'it has U+FFFD where characters were lost',
  'wrong-encoding': 'it reads like text that was decoded with the wrong table',
  'private-use': 'it has private-use characters, which mean nothing elsewhere',
  unassigned: 'it has code points that are no characters yet',
  'stacked-marks': 'it has more marks on one letter than any script has',
}

/**
 * The question about a holder's name with characters that no font of ours has: the badge is issued, but nothing is printed with
 * another name than the holder's. It settles itself when the exam system sends a name that can be printed.
 */
export function unprintableName(
  { source, resultId, message }: Result,
  missing: string[],
): ReviewItem | undefined {
  if (missing.length === 0) return undefined
  const characters = missing.map(codePoints)
  return reviewItem(
    {
      kind: 'unprintable-name',
      source,
      candidateId: message.candidate.id,
      resultId,
      facts: { characters },
      reason: `The holder's name has characters that no font here has: ${characters.join(', ')}. The badge is issued; its certificate and preview card are withheld until the exam system sends the name without them, as a higher revision.`,
    },
    characters,
  )
}

/** `U+1F642`, or `U+0052 U+0335` for a letter with its accent. */
function codePoints(character: string) {
  return Array.from(
    character,
    (each) => `U+${each.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`,
  ).join(' ')
}
