import type { Achievement, Exam, Programme } from '../../../schemas/programme.ts'
import type { FieldError } from '../../problem.ts'

/** One version of the programme, as badges pin it: the file, and for each picture the hash of its artwork. */
export type ProgrammeVersion = {
  version: number
  programme: Programme
  artwork: Record<string, string>
}

/** Somebody who can be asked: by mail, on a page, or both. */
export type Contact = { name: string; email?: string; url?: string }

/** What a version of the file said, and the instant at which it was first adopted. */
export type Adoption = { programme: Programme; addedAt: string }

/** The exam with this code. */
export function findExam(programme: Programme, code: string): Exam | undefined {
  return programme.exams.find((exam) => exam.code === code)
}

/** What can be earned under this id. */
export function findAchievement(programme: Programme, id: string): Achievement | undefined {
  return programme.achievements.find((achievement) => achievement.id === id)
}

/** The exam that leads to an achievement; programmes are checked to have one for each. */
export function examFor(programme: Programme, achievement: string): Exam | undefined {
  return programme.exams.find((exam) => exam.achievement === achievement)
}

/** What can be earned now. */
export function offered(programme: Programme): Achievement[] {
  return programme.achievements.filter(({ retired }) => !retired)
}

/** Whom candidates ask: as the file says, else the issuer. */
export function contactOf({ help, issuer }: Programme): Contact {
  const { name = issuer.name, email, url } = help?.contact ?? { email: issuer.email }
  return { name, ...(email && { email }), ...(url && { url }) }
}

/** A level in words. */
export function levelName(programme: Programme, id: string): string {
  return programme.levels.find((level) => level.id === id)?.name ?? id
}

/** What a schema cannot say: references that lead nowhere, doubles, an unknown zone. Every mistake at once. */
export function programmeMistakes(programme: Programme): FieldError[] {
  const levels = new Set(programme.levels.map((level) => level.id))
  const achievements = new Set(programme.achievements.map((achievement) => achievement.id))
  const mistakes = [
    ...doubles('/levels', 'id', programme.levels),
    ...doubles('/exams', 'code', programme.exams),
    ...doubles('/achievements', 'id', programme.achievements),
  ]
  if (!isTimeZone(programme.timeZone))
    mistakes.push({
      path: '/timeZone',
      message: `${programme.timeZone} is not an IANA time zone, such as Asia/Shanghai.`,
    })
  const { contact } = programme.help ?? {}
  if (contact && !contact.email && !contact.url)
    mistakes.push({
      path: '/help/contact',
      message: 'contact needs an email or a url, so that people can ask.',
    })
  programme.exams.forEach((exam, index) => {
    if (!levels.has(exam.level))
      mistakes.push({
        path: `/exams/${index}/level`,
        message: `There is no level ${exam.level}; add it to levels.`,
      })
    if (!achievements.has(exam.achievement))
      mistakes.push({
        path: `/exams/${index}/achievement`,
        message: `There is no achievement ${exam.achievement}; add it to achievements.`,
      })
    if (exam.showScore && !exam.score)
      mistakes.push({
        path: `/exams/${index}/score`,
        message: 'score is missing: an exam with showScore says what its score means.',
      })
  })
  programme.achievements.forEach((achievement, index) => {
    if (!levels.has(achievement.level))
      mistakes.push({
        path: `/achievements/${index}/level`,
        message: `There is no level ${achievement.level}; add it to levels.`,
      })
    if (!examFor(programme, achievement.id))
      mistakes.push({
        path: `/achievements/${index}/id`,
        message: `No exam leads to ${achievement.id}; add one to exams.`,
      })
  })
  return mistakes
}

function doubles<Entry>(path: string, key: keyof Entry & string, entries: Entry[]): FieldError[] {
  return entries.flatMap((entry, index) => {
    const first = entries.findIndex((other) => other[key] === entry[key])
    if (first === index) return []
    return [
      {
        path: `${path}/${index}/${key}`,
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
