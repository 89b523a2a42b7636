import { bodyPseudonym, namingPseudonym, type Pseudonymise } from '../../domain/holders/erasure.ts'
import { findBadgesOf } from '../../storage/badges/badges.ts'
import { keepErasedResult } from '../../storage/erasure/erased.ts'
import { eraseNaming, type NamingMessage } from '../../storage/erasure/namings.ts'
import type { Mints } from '../issuing/sign-badges.ts'
import { reconcilePerson } from '../judging/reconcile-person.ts'
import { presentResult } from '../support/present-result.ts'
import type { Actor, TxTools } from '../tools/tools.ts'
import { eraseBadgeOf } from './erase-person.ts'

type Asked = {
  namings: NamingMessage[]
  owners: string[]
  pseudonymise: Pseudonymise
  actor: Actor
}

/**
 * Deletes messages about the results of others: those that an operator was asked about as `somebody-else`. The caller
 * holds the locks of the results' people, whose ids are `owners`. Pseudonyms remain, so that a replay is recognised and
 * not stored again. Judges the owners again. Answers what to sign after the commit.
 */
export async function eraseNamings(
  tools: TxTools,
  { namings, owners, pseudonymise, actor }: Asked,
): Promise<Mints> {
  const { db, now } = tools
  const pseudonyms = new Map(
    namings.map((naming) => [namingPseudonym(pseudonymise, naming, naming.by), naming]),
  )
  for (const [of, { revision, bodyHash }] of pseudonyms)
    await keepErasedResult(
      db,
      { pseudonym: of, revision, bodyPseudonym: bodyPseudonym(pseudonymise, bodyHash) },
      now(),
    )
  for (const naming of namings) await eraseNaming(db, naming)
  for (const personId of owners)
    for (const badge of await findBadgesOf(db, personId)) {
      const of = namingPseudonym(pseudonymise, badge, { id: badge.candidateId })
      // The named candidate had a badge of this result before an operator gave the result to its owner.
      if (pseudonyms.has(of)) await eraseBadgeOf(tools, badge.id, of)
    }
  for (const naming of pseudonyms.values()) await presentResult(db, naming)
  const mints: Mints = []
  for (const personId of owners) mints.push(...(await reconcilePerson(tools, { personId, actor })))
  return mints
}
