import type { AchievementView, SkillView } from '../../../schemas/view.ts'
import type { Words } from '../../words/words.ts'
import { Html, html } from './html.ts'
import { inLanguage, languageAttributes, type TextLanguage } from './in-language.ts'
import { link } from './links.ts'
import { rich } from './rich.ts'

type Whose = Pick<AchievementView, 'skills' | 'language'>

/** The skills of an achievement as links to their definitions. With `described`, each has its description. */
export function skillList(whose: Whose, t: Words, { described = false } = {}): Html {
  if (whose.skills.length === 0) return new Html('')
  return html`<ul class="${described ? 'skills described' : 'skills'}">${whose.skills.map(
    (skill) =>
      html`<li>${link(skill.url, inLanguage(skill.name, whose, t))}${described && about(skill, whose, t)}</li>\n`,
  )}</ul>`
}

function about({ description, framework, code }: SkillView, whose: TextLanguage, t: Words): Html {
  return html`${description !== undefined && html`<p${languageAttributes(whose, t)}>${description}</p>`}${framework !== undefined && html`<p class="note">${rich(t, 'achievement.framework', { framework: inLanguage(framework, whose, t) })}${code !== undefined && html` · <span class="number">${code}</span>`}</p>`}`
}
