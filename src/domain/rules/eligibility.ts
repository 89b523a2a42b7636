import type { Exam } from '../../../schemas/programme.ts'
import type { Eligibility } from '../../../schemas/review.ts'
import type { ProgrammeVersion } from '../programme/programme.ts'
import { earlier } from './attempt.ts'
import type { Judgement } from './judgement.ts'
import { renewalRulesOf } from './renewals.ts'

type Asked = { exam: Exam; on: string; version: ProgrammeVersion }

/**
 * Whether a person may start an attempt on a day in the programme's zone. Two rules decide: the retake rule of the exam
 * family and, where the programme rejects passes outside the renewal window, whether the holder is still certified.
 */
export function eligibilityOf(
  { retakeRecords, renewals }: Pick<Judgement, 'retakeRecords' | 'renewals'>,
  { exam, on, version }: Asked,
): Eligibility {
  const record = retakeRecords.get(exam.family)
  const failures = (record?.failures ?? []).map(({ attempt, day }) => ({
    ...(attempt && { resultId: attempt.result.resultId }),
    date: day,
    outcome: attempt?.finalMessage.outcome ?? 'failed',
  }))
  const last = renewals.get(exam.achievement)?.valid.at(-1)
  const opens = last && renewalOpens(last.validity.expiresOn, { exam, on, version })
  const retake = record?.earliest
  const earliest = [retake, opens]
    .filter((day) => day !== undefined)
    .toSorted()
    .at(-1)
  const eligible = earliest === undefined || on >= earliest
  return {
    eligible,
    ...(earliest && { earliest }),
    reason: eligible ? 'A new attempt may start.' : reasonFor(earliest, opens, failures.length),
    failures,
  }
}

/** The day on which renewal opens, if the programme rejects earlier passes and the holder is still certified. */
function renewalOpens(expiresOn: string, { exam, on, version }: Asked): string | undefined {
  const { passOutsideWindow, renewalWindow } = renewalRulesOf({ exam, version })
  if (passOutsideWindow !== 'reject' || on > expiresOn) return undefined
  return earlier(expiresOn, renewalWindow)
}

function reasonFor(earliest: string | undefined, opens: string | undefined, failures: number) {
  if (earliest === opens) return `The candidate is certified; renewal opens on ${opens}.`
  const after = failures === 1 ? 'a failed attempt' : `${failures} failed attempts in a row`
  return `After ${after}, the next may start on ${earliest}.`
}
