import type { SkillView } from '../../schemas/view.ts'
import type { Words } from '../words/words.ts'
import { Html, html } from './html.ts'
import { link } from './links.ts'

/** Skills as links to their definitions; `described` is the language to describe them in, when they should be. */
export function skillList(skills: SkillView[], { described }: { described?: Words } = {}): Html {
  if (skills.length === 0) return new Html('')
  return html`<ul class="${described ? 'skills described' : 'skills'}">${skills.map(
    (skill) =>
      html`<li>${link(skill.url, skill.name)}${described && about(skill, described)}</li>\n`,
  )}</ul>`
}

function about({ description, framework }: SkillView, t: Words): Html {
  return html`${description !== undefined && html`<p>${description}</p>`}${framework !== undefined && html`<p class="note">${t.say('achievement.framework', { framework })}</p>`}`
}
