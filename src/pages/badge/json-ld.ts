import type { AchievementView, BadgeView, IssuerView, SkillView } from '../../../schemas/view.ts'
import { Html } from '../kit/html.ts'

/**
 * The data of an achievement for machines: schema.org's EducationalOccupationalCredential. The duration of validity
 * belongs to the kind of credential, not to one holder's copy (W3C's notes on it).
 */
export function achievementData(view: AchievementView, issuer: IssuerView): Html {
  const { criteria, exam, skills } = view
  return dataBlock({
    '@type': 'EducationalOccupationalCredential',
    '@id': view.address,
    name: view.name,
    description: view.description,
    url: view.address,
    image: view.picture,
    credentialCategory: 'certification',
    educationalLevel: view.level,
    recognizedBy: organization(issuer),
    competencyRequired: skills.map(definedTerm),
    validFor: view.validity,
    about: {
      '@type': 'Thing',
      name: exam.title,
      identifier: exam.code,
      ...(criteria.url && { url: criteria.url }),
    },
  })
}

/** The data of one badge for machines. Undefined unless its holder lets it be found and it is valid or expired. */
export function holderData(view: BadgeView): Html | undefined {
  const { status, indexable, holder, achievement } = view
  if (!indexable || (status !== 'valid' && status !== 'expired')) return undefined
  return dataBlock({
    '@type': 'Person',
    ...(holder && { name: holder.name }),
    hasCredential: {
      '@type': 'EducationalOccupationalCredential',
      name: achievement.name,
      url: view.links.page,
      identifier: view.certificationNumber,
      credentialCategory: 'certification',
      validFrom: view.earnedOn,
      ...(view.expiresOn && { expires: view.expiresOn }),
      recognizedBy: organization(view.issuer),
      isBasedOn: achievement.address,
    },
  })
}

function organization({ name, url }: IssuerView) {
  return { '@type': 'Organization', name, url }
}

function definedTerm({ name, url, description, framework, code }: SkillView) {
  return {
    '@type': 'DefinedTerm',
    name,
    url,
    ...(description && { description }),
    ...(code && { termCode: code }),
    ...(framework && { inDefinedTermSet: framework }),
  }
}

/** A block of data, which browsers do not run. A `<` in the data could end the block, so it is escaped. */
function dataBlock(data: object): Html {
  const json = JSON.stringify({ '@context': 'https://schema.org', ...data })
  return new Html(
    `<script type="application/ld+json">${json.replaceAll('<', '\\u003c')}</script>\n`,
  )
}
