import type { Programme } from '../../../schemas/programme.ts'
import type { AchievementView, IssuerView } from '../../../schemas/view.ts'
import type { Addresses } from './addresses.ts'
import { examFor, findAchievement, findExam, levelName } from './programme.ts'

/** The public facts of an achievement in one programme version, which must have the id. */
export function viewAchievement(
  programme: Programme,
  version: number,
  id: string,
  addresses: Addresses,
  examCode?: string,
): AchievementView {
  const achievement = findAchievement(programme, id)
  const exam = examCode ? findExam(programme, examCode) : examFor(programme, id)
  if (!achievement || !exam) throw new Error(`Programme version ${version} has no ${id}`)
  return {
    id,
    version,
    name: achievement.name,
    description: achievement.description,
    level: levelName(programme, achievement.level),
    criteria: achievement.criteria,
    skills: achievement.skills,
    exam: { code: exam.code, title: exam.title },
    validity: achievement.validity,
    ...(achievement.prepare && { prepare: achievement.prepare }),
    picture: addresses.achievementPicture(id, version),
    pictureAlt: achievement.pictureAlt,
    language: programme.language,
    address: addresses.ob3Achievement(id, version),
  }
}

/** The public facts of the issuer. */
export function viewIssuer(programme: Programme, addresses: Addresses): IssuerView {
  const { name, url, email, description } = programme.issuer
  return {
    name,
    ...(description && { description }),
    url,
    email,
    did: addresses.did,
    address: addresses.ob3Issuer,
    language: programme.language,
  }
}
