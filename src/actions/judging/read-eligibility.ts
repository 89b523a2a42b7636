import type { Eligibility } from '../../../schemas/review.ts'
import { findExam } from '../../domain/programme/programme.ts'
import { dayOf } from '../../domain/rules/attempt.ts'
import { eligibilityOf } from '../../domain/rules/eligibility.ts'
import { judge } from '../../domain/rules/judgement.ts'
import type { CandidateKey } from '../../domain/rules/person.ts'
import { Problem } from '../../problem.ts'
import { writeAudit } from '../../storage/audit.ts'
import { findPerson } from '../../storage/results/people.ts'
import type { Actor, Tools } from '../tools/tools.ts'
import { erasedDays, judgePerson } from './judge-person.ts'

type Asked = {
  candidate: CandidateKey
  /** The id as sent; an earlier version may have stored failures of an erased candidate under it. */
  sentId?: string
  exam: string
  on?: string | undefined
  actor: Actor
}

/**
 * Whether a candidate may start an attempt on a day, by default today. An unknown candidate may. The audit log records
 * the access (privacy, rule 5). Throws `invalid` for an exam that the programme does not have.
 */
export async function readEligibility(
  { db, now, programmes, keyring }: Pick<Tools, 'db' | 'now' | 'programmes' | 'keyring'>,
  { candidate, sentId = candidate.id, exam: code, on, actor }: Asked,
): Promise<Eligibility> {
  const version = programmes.current()
  const exam = findExam(version.programme, code)
  if (!exam)
    throw new Problem('invalid/address-invalid', 'The address has a mistake.', [
      { path: '/exam', code: 'no-such-exam', message: `The programme has no exam ${code}.` },
    ])
  const day = on ?? dayOf(now(), version.programme.timeZone)
  const personId = await findPerson(db, candidate)
  if (personId !== undefined)
    await writeAudit(db, { at: now(), actor, action: 'person.read', subject: personId })
  const tools = { db, programmes, keyring }
  const judgement =
    personId === undefined
      ? await judgeUnknown(tools, [candidate, { ...candidate, id: sentId }])
      : (await judgePerson(tools, personId)).judgement
  return eligibilityOf(judgement, { exam, on: day, version })
}

/** Judges a candidate without records, who may have failures from before an erasure. */
async function judgeUnknown(
  { db, programmes, keyring }: Pick<Tools, 'db' | 'programmes' | 'keyring'>,
  candidates: CandidateKey[],
) {
  const erased = await erasedDays({ db, programmes, keyring }, candidates)
  const none = { pinned: new Map(), live: new Set<string>(), revoked: new Map() }
  const decisions = new Map<string, string>()
  return judge({ results: [], current: programmes.current(), ...none, decisions, erased })
}
