import type { Values, Word, Words } from '../../words/words.ts'
import { type Html, html } from './html.ts'

/** A message whose placeholders are filled with markup. All else in it is text. */
export function rich(t: Words, word: Word, values: Values<Html>): Html {
  return html`${t.parts(word, values)}`
}
