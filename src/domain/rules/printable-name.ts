import { type Damage, damagedNames, damageOf, type ShownNames } from '../people/damaged-name.ts'
import type { Result } from './result.ts'
import { type ReviewItem, reviewItem } from './review.ts'

type ResultOfCandidate = { source: string; candidateId: string; resultId: string }

/** The id of the question whether a holder's damaged names are correct. It applies to exactly these names. */
export function damagedNameId(about: ResultOfCandidate, names: ShownNames): string {
  return damageItem(about, names, { facts: {}, reason: '' }).id
}

/**
 * The question about a holder's damaged name, as the last message has it. It closes when the exam system sends an
 * undamaged name; an operator who finds the name correct releases it.
 */
export function damagedName({ source, resultId, message }: Result): ReviewItem | undefined {
  const { id, fullName, latinName } = message.candidate
  const names = damagedNames({ fullName, latinName })
  if (names.length === 0) return undefined
  const damage = [...new Set(names.flatMap(damageOf))]
  const lost = names.join('').match(/[\ufffd\p{Co}\p{Cn}]/gu) ?? []
  const characters = [...new Set(lost)].map(codePoints)
  const why = damage.map((each) => explanations[each]).join('; ')
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
  about: ResultOfCandidate,
  names: ShownNames,
  text: Pick<ReviewItem, 'facts' | 'reason'>,
): ReviewItem {
  return reviewItem({ kind: 'unprintable-name', ...about, ...text }, [
    'damaged',
    ...damagedNames(names),
  ])
}

const explanations: Record<Damage, string> = {
  'replacement-character': 'it has U+FFFD where characters were lost',
  'wrong-encoding': 'it reads like text that was decoded with the wrong table',
  'private-use': 'it has private-use characters, which mean nothing elsewhere',
  unassigned: 'it has code points that are no characters yet',
  'stacked-marks': 'it has more marks on one letter than any script has',
}

/**
 * The question about a holder's name with characters that none of the fonts has. The badge is issued, but nothing
 * prints a name that is not the holder's. The question closes when the exam system sends a name that can be printed.
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

/** `U+1F642`, or `U+0052 U+0335` for a letter with a combining mark. */
function codePoints(character: string) {
  return Array.from(
    character,
    (each) => `U+${each.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`,
  ).join(' ')
}
