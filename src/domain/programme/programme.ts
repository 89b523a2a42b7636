import type { Achievement, Exam, Programme } from '../../../schemas/programme.ts'
import type { FieldError } from '../../problem.ts'

/** One version of the programme, as badges refer to it: the file, and for each picture the hash of its artwork. */
export type ProgrammeVersion = {
  version: number
  programme: Programme
  artwork: Record<string, string>
}

/** Where candidates can ask: by mail, on a page, or both. */
export type Contact = { name: string; email?: string; url?: string }

/** A version of the file, and the instant at which it was first adopted. */
export type Adoption = { programme: Programme; addedAt: string }

/** The exam with this code. */
export function findExam(programme: Programme, code: string): Exam | undefined {
  return programme.exams.find((exam) => exam.code === code)
}

/** What can be earned under this id. */
export function findAchievement(programme: Programme, id: string): Achievement | undefined {
  return programme.achievements.find((achievement) => achievement.id === id)
}

/** The first exam that leads to an achievement; a checked programme has at least one for each. */
export function examFor(programme: Programme, achievement: string): Exam | undefined {
  return programme.exams.find((exam) => exam.achievement === achievement)
}

/** The achievements that can be earned now. */
export function offered(programme: Programme): Achievement[] {
  return programme.achievements.filter(({ retired }) => !retired)
}

/** The contact for candidates: the file's, else the issuer. */
export function contactOf({ help, issuer }: Programme): Contact {
  const { name = issuer.name, email, url } = help?.contact ?? { email: issuer.email }
  return { name, ...(email && { email }), ...(url && { url }) }
}

/** The name of a level. */
export function levelName(programme: Programme, id: string): string {
  return programme.levels.find((level) => level.id === id)?.name ?? id
}

/** Checks what the schema cannot: dangling references, duplicates, an unknown zone. Finds every mistake at once. */
export function programmeMistakes(programme: Programme): FieldError[] {
  const levels = new Set(programme.levels.map((level) => level.id))
  const achievements = new Set(programme.achievements.map((achievement) => achievement.id))
  const mistakes = [
    ...duplicates('/levels', 'id', programme.levels),
    ...duplicates('/exams', 'code', programme.exams),
    ...duplicates('/achievements', 'id', programme.achievements),
  ]
  if (!isTimeZone(programme.timeZone))
    mistakes.push({
      path: '/timeZone',
      code: 'no-such-time-zone',
      message: `${programme.timeZone} is not an IANA time zone, such as Asia/Shanghai.`,
    })
  const { contact } = programme.help ?? {}
  if (contact && !contact.email && !contact.url)
    mistakes.push({
      path: '/help/contact',
      code: 'missing',
      message: 'contact needs an email or a url, so that people can ask.',
    })
  programme.exams.forEach((exam, index) => {
    if (!levels.has(exam.level))
      mistakes.push({
        path: `/exams/${index}/level`,
        code: 'no-such-level',
        message: `There is no level ${exam.level}; add it to levels.`,
      })
    if (!achievements.has(exam.achievement))
      mistakes.push({
        path: `/exams/${index}/achievement`,
        code: 'no-such-achievement',
        message: `There is no achievement ${exam.achievement}; add it to achievements.`,
      })
    if (exam.showScore && !exam.score)
      mistakes.push({
        path: `/exams/${index}/score`,
        code: 'missing',
        message: 'score is missing: an exam with showScore says what its score means.',
      })
  })
  programme.achievements.forEach((achievement, index) => {
    if (!levels.has(achievement.level))
      mistakes.push({
        path: `/achievements/${index}/level`,
        code: 'no-such-level',
        message: `There is no level ${achievement.level}; add it to levels.`,
      })
    if (!examFor(programme, achievement.id))
      mistakes.push({
        path: `/achievements/${index}/id`,
        code: 'no-exam-leads-here',
        message: `No exam leads to ${achievement.id}; add one to exams.`,
      })
  })
  return mistakes
}

function duplicates<Entry>(
  path: string,
  key: keyof Entry & string,
  entries: Entry[],
): FieldError[] {
  return entries.flatMap((entry, index) => {
    const first = entries.findIndex((other) => other[key] === entry[key])
    if (first === index) return []
    return [
      {
        path: `${path}/${index}/${key}`,
        code: 'duplicate',
        message: `${entry[key]} is used twice; each ${key} must be its own.`,
      },
    ]
  })
}

function isTimeZone(name: string) {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
