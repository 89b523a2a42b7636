import type { SkillView } from '../../schemas/view.ts'
import { Html, html } from './html.ts'
import { link } from './links.ts'

/** Skills as links to their definitions; described when asked for. */
export function skillList(skills: SkillView[], described = false): Html {
  if (skills.length === 0) return new Html('')
  return html`<ul class="${described ? 'skills described' : 'skills'}">${skills.map(
    (skill) => html`<li>${link(skill.url, skill.name)}${described && about(skill)}</li>\n`,
  )}</ul>`
}

function about({ description, framework }: SkillView): Html {
  return html`${description !== undefined && html`<p>${description}</p>`}${framework !== undefined && html`<p class="note">From ${framework}</p>`}`
}
