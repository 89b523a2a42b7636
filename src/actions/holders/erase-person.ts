import {
  attemptPseudonym,
  bodyPseudonym,
  type Copies,
  erasedAttempts,
  type Pseudonymise,
  resultPseudonym,
} from '../../domain/holders/erasure.ts'
import {
  eraseBadge,
  eraseCandidate,
  eraseResult,
  erasePerson as forget,
} from '../../storage/erasure/erase.ts'
import { keepErasedCredentials, keepErasedResult } from '../../storage/erasure/erased.ts'
import { replaceErasedAttempts } from '../../storage/erasure/erased-attempts.ts'
import { eraseMails } from '../../storage/mails/mails.ts'
import { findLastMessages } from '../../storage/results/result-messages.ts'
import { revokeCopies } from '../issuing/change-state.ts'
import { type Judged, judgePerson } from '../judging/judge-person.ts'
import type { Tools, TxTools } from '../tools/tools.ts'

type Asked = { personId: string; pseudonymise: Pseudonymise; copies: Copies }

/**
 * Erases a person, whose lock the caller holds, in the transaction that `tools.db` is: results, badges, and mails about
 * them. What remains: pseudonyms that reveal nothing without the key ring, days of failures that a wait depends on, and
 * the random ids that verifiers use (privacy, decisions on record).
 */
export async function erasePerson(
  tools: TxTools,
  { personId, pseudonymise, copies }: Asked,
): Promise<void> {
  const { db, now, programmes } = tools
  const judged = await judgePerson(tools, personId)
  const { candidates, judgement, results, badges } = judged
  const { policies } = programmes.current().programme
  await replaceErasedAttempts(
    db,
    attemptPseudonyms(tools, judged, pseudonymise),
    erasedAttempts(pseudonymise, candidates, judgement.retakeRecords, policies.retakeWaits),
  )
  for (const result of results) {
    const [last] = await findLastMessages(db, result, 1)
    if (!last) continue
    const erased = {
      pseudonym: resultPseudonym(pseudonymise, result),
      bodyPseudonym: bodyPseudonym(pseudonymise, last.bodyHash),
    }
    await keepErasedResult(db, { ...erased, revision: last.revision }, now())
  }
  for (const badge of badges)
    await eraseBadgeOf(tools, badge.id, resultPseudonym(pseudonymise, badge))
  for (const result of results) {
    if (copies === 'revoke') await revokeCopies(tools, resultPseudonym(pseudonymise, result))
    await eraseResult(db, result)
  }
  for (const candidate of candidates) await eraseCandidate(db, candidate)
  await forget(db, personId)
}

/** Erases a badge and the mails about it. What verifiers need of its credentials remains, under a pseudonym. */
export async function eraseBadgeOf(
  { db, mailer }: Pick<TxTools, 'db' | 'mailer'>,
  badgeId: string,
  of: string,
): Promise<void> {
  await mailer.forget(await eraseMails(db, { badgeId }))
  await keepErasedCredentials(db, badgeId, of)
  await eraseBadge(db, badgeId)
}

function attemptPseudonyms(
  { programmes }: Tools,
  { candidates }: Judged,
  pseudonymise: Pseudonymise,
): string[] {
  const families = new Set(programmes.current().programme.exams.map(({ family }) => family))
  return candidates.flatMap((candidate) =>
    [...families].map((family) => attemptPseudonym(pseudonymise, candidate, family)),
  )
}
