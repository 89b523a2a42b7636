import type { Words } from '../../words/words.ts'
import { type Html, html } from './html.ts'

/** Whose words they are decides which language: those of the programme’s file are in the programme’s. */
export type TextLanguage = { language: string }

/** Words of the programme, marked with their language and kept in their direction where the page is in another language. */
export function inLanguage(text: string, { language }: TextLanguage, t: Words): Html {
  if (isOf(language, t)) return html`${text}`
  return html`<bdi lang="${language}">${text}</bdi>`
}

/** The same as attributes of an element that holds nothing else: ` lang="en" dir="auto"`. */
export function languageAttributes({ language }: TextLanguage, t: Words): Html | undefined {
  return isOf(language, t) ? undefined : html` lang="${language}" dir="auto"`
}

/** Paragraphs of theirs, which are parted by empty lines. */
export function paragraphsInLanguage(text: string, whose: TextLanguage, t: Words): Html[] {
  return text
    .split(/\n\s*\n/)
    .map((each) => html`<p${languageAttributes(whose, t)}>${each.trim()}</p>\n`)
}

const primary = (tag: string) => tag.split('-')[0]?.toLowerCase()
const isOf = (language: string, { lang }: Words) => primary(language) === primary(lang)
