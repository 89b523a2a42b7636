import { findAchievement, findExam, type ProgrammeVersion } from './programme.ts'
import type { Result, Settled } from './result.ts'
import { type Validity, validity } from './validity.ts'

/** What a pass earns, with the version of the programme that says so. */
export type Award = {
  achievement: string
  validity: Validity
  score: string | null
  version: ProgrammeVersion
}

/** A pass that earns nothing now, and what its result is then. */
export type Refused = { refused: Settled }

/** What the programme gives for a pass. */
export function awardFor(version: ProgrammeVersion, { message }: Result): Award | Refused {
  const { programme } = version
  const exam = findExam(programme, message.exam)
  const achievement = exam && findAchievement(programme, exam.achievement)
  if (!exam || !achievement)
    return {
      refused: {
        state: 'parked',
        parkedFor: 'unknown-exam',
        reason: `The programme has no exam ${message.exam}. Add it to the programme file and start Blazon again.`,
      },
    }
  if (achievement.retired)
    return {
      refused: {
        state: 'recorded',
        reason: `${achievement.id} is retired; no new badges are issued for it.`,
      },
    }
  return {
    achievement: achievement.id,
    validity: validity(message.endedAt ?? '', {
      timeZone: programme.timeZone,
      term: achievement.validity,
      inclusiveEnd: programme.policies.inclusiveEnd,
    }),
    score: exam.showScore && message.score !== undefined ? message.score : null,
    version,
  }
}
