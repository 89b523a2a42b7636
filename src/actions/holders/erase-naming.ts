import { bodyMark, type Mark, namingMark } from '../../domain/holders/erasure.ts'
import { findBadgesOf } from '../../storage/badges/badges.ts'
import { keepErasedResult } from '../../storage/erasure/erased.ts'
import { eraseNaming, type NamingMessage } from '../../storage/erasure/namings.ts'
import { presentResult } from '../../storage/results/results.ts'
import type { ToSign } from '../issuing/sign-badges.ts'
import { settlePerson } from '../judging/settle-person.ts'
import type { Actor, Tools } from '../tools/tools.ts'
import { eraseBadgeOf } from './erase-person.ts'

type Asked = { namings: NamingMessage[]; owners: string[]; mark: Mark; actor: Actor }

/**
 * Forgets messages about the results of others, who are held and whose ids `owners` are: those that wait, or were refused, as being
 * about somebody else. What stays are marks, so that a replay is known and not kept again. The owners are settled anew. Answers what
 * is to be signed after the transaction.
 */
export async function eraseNamings(
  tools: Tools,
  { namings, owners, mark, actor }: Asked,
): Promise<ToSign> {
  const { db, now } = tools
  const marks = new Map(namings.map((naming) => [namingMark(mark, naming, naming.by), naming]))
  for (const [of, { revision, bodyHash }] of marks)
    await keepErasedResult(db, { mark: of, revision, bodyMark: bodyMark(mark, bodyHash) }, now())
  for (const naming of namings) await eraseNaming(db, naming)
  for (const personId of owners)
    for (const badge of await findBadgesOf(db, personId)) {
      const of = namingMark(mark, badge, { id: badge.candidateId })
      // The first of two had a badge of the result before an operator gave it to the second.
      if (marks.has(of)) await eraseBadgeOf(tools, badge.id, of)
    }
  for (const naming of marks.values()) await presentResult(db, naming)
  const toSign: ToSign = []
  for (const personId of owners) toSign.push(...(await settlePerson(tools, { personId, actor })))
  return toSign
}
