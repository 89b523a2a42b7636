import type { Words } from '../../words/words.ts'
import { type Html, html } from './html.ts'

/** The language of a text that comes from the programme file. */
export type TextLanguage = { language: string }

/**
 * A text of the programme. On a page in another language, it is marked with its language and isolated in its direction.
 */
export function inLanguage(text: string, { language }: TextLanguage, t: Words): Html {
  if (isOf(language, t)) return html`${text}`
  return html`<bdi lang="${language}">${text}</bdi>`
}

/** The same as attributes of an element that contains only that text: ` lang="en" dir="auto"`. */
export function languageAttributes({ language }: TextLanguage, t: Words): Html | undefined {
  return isOf(language, t) ? undefined : html` lang="${language}" dir="auto"`
}

/** Paragraphs of such a text, which empty lines separate. */
export function paragraphsInLanguage(text: string, source: TextLanguage, t: Words): Html[] {
  return text
    .split(/\n\s*\n/)
    .map((each) => html`<p${languageAttributes(source, t)}>${each.trim()}</p>\n`)
}

const primary = (tag: string) => tag.split('-')[0]?.toLowerCase()
const isOf = (language: string, { lang }: Words) => primary(language) === primary(lang)
