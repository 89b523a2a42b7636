import type { ExamResult, SentResult } from '../../../schemas/exam-result.ts'
import {
  attemptPseudonym,
  bodyPseudonym,
  messagePseudonyms,
  type Pseudonymise,
  resultPseudonym,
} from '../../domain/holders/erasure.ts'
import { asDoubles, type SentIds, spellingsOf } from '../../domain/people/normal-ids.ts'
import {
  changeErasedResult,
  findErasedPseudonym,
  findErasedResult,
  lockErasedResult,
} from '../../storage/erasure/erased.ts'
import { moveErasedAttempts } from '../../storage/erasure/erased-attempts.ts'
import { revokeCopies } from '../issuing/change-state.ts'
import { messageFingerprint } from '../support/message-fingerprint.ts'
import type { Tools, TxTools } from '../tools/tools.ts'
import { transaction } from '../tools/transaction.ts'

/** The outcome of a message about an erased result. */
export type AcceptedErased = { kept: 'new' | 'same' | 'other' | 'outdated'; message: ExamResult }

/** The pseudonyms under which a message may have been erased, in every spelling of its ids. */
export function erasedPseudonyms(
  { keyring: { pseudonymise } }: Pick<Tools, 'keyring'>,
  { message, sentIds }: Arrived,
): string[] {
  if (!pseudonymise) return []
  return spellingsOf(message, sentIds).flatMap((each) => messagePseudonyms(pseudonymise, each))
}

type Arrived = { message: SentResult; sentIds?: SentIds | undefined }

/**
 * Applies a message to the remains of an erased result, and stores nothing of its content. It issues nothing; if it is
 * no pass, copies that were left valid are revoked. Undefined if neither the result nor its message about this
 * candidate was erased. Results that an earlier version erased are found by their ids as sent, or as rounded numbers if
 * everything else agrees.
 */
export async function acceptErased(
  tools: Tools,
  { message: sent, sentIds, pseudonyms }: Arrived & { pseudonyms: string[] },
): Promise<AcceptedErased | undefined> {
  const { pseudonymise } = tools.keyring
  if (!pseudonymise) return undefined
  const known = await findErasedPseudonym(tools.db, pseudonyms)
  if (known === undefined) return acceptRounded(tools, sent, pseudonymise)
  return transaction(tools, async (tools) => {
    const { db } = tools
    const erased = await lockErasedResult(db, known)
    if (!erased) return undefined
    const spellings = spellingsOf(sent, sentIds)
    const pseudonymOf = (as: SentResult, revision: number) =>
      bodyPseudonym(pseudonymise, messageFingerprint(tools, { ...as, revision }))
    const same = spellings.some(
      (each) => pseudonymOf(each, erased.revision) === erased.bodyPseudonym,
    )
    const revision = sent.revision ?? (same ? erased.revision : erased.revision + 1)
    const message = { ...sent, revision }
    if (revision < erased.revision) return { kept: 'outdated', message }
    if (revision === erased.revision) return { kept: same ? 'same' : 'other', message }
    await changeErasedResult(db, {
      pseudonym: erased.pseudonym,
      revision,
      bodyPseudonym: pseudonymOf(sent, revision),
    })
    if (isNoPass(message)) await revokeCopies({ db }, erased.pseudonym)
    return { kept: 'new', message }
  })
}

/** A message whose result an earlier version erased under rounded ids: a replay, if its content agrees. */
async function acceptRounded(
  tools: Tools,
  sent: SentResult,
  pseudonymise: Pseudonymise,
): Promise<AcceptedErased | undefined> {
  const rounded = asDoubles(sent)
  const erased =
    rounded && (await findErasedResult(tools.db, resultPseudonym(pseudonymise, rounded)))
  if (!erased) return undefined
  const { revision } = erased
  if (
    bodyPseudonym(pseudonymise, messageFingerprint(tools, { ...rounded, revision })) !==
    erased.bodyPseudonym
  )
    return undefined
  return { kept: 'same', message: { ...sent, revision } }
}

/** Moves failures of an erased candidate from the id as sent to the normalised one. */
export async function followAttempts(
  { db, programmes, keyring: { pseudonymise } }: Pick<TxTools, 'db' | 'programmes' | 'keyring'>,
  [message, ...others]: ExamResult[],
): Promise<void> {
  if (!pseudonymise || !message) return
  const { source, candidate } = message
  const ids = new Set(others.map((other) => other.candidate.id))
  ids.delete(candidate.id)
  const families = new Set(programmes.current().programme.exams.map(({ family }) => family))
  for (const id of ids)
    for (const family of families)
      await moveErasedAttempts(db, {
        from: attemptPseudonym(pseudonymise, { source, id }, family),
        to: attemptPseudonym(pseudonymise, { source, id: candidate.id }, family),
      })
}

function isNoPass({ released, outcome }: ExamResult) {
  return released && outcome !== 'passed' && outcome !== 'under-review'
}
