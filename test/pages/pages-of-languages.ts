import { languages, languagesOf } from '../../src/words/languages.ts'
import { english, type Words } from '../../src/words/words.ts'
import { claimPagesIn, ownPagesIn } from './own-pages.ts'
import { badgePagesIn, samplePagesIn } from './sample-pages.ts'

/** Every page that a language says, by its name with the language behind it; English is in the files beside this. */
export function pagesIn(t: Words): Record<string, string> {
  const says = (part?: 'badge' | 'claim') => languagesOf(part).includes(t)
  const pages = says()
    ? { ...samplePagesIn(t), ...ownPagesIn(t) }
    : { ...(says('badge') && badgePagesIn(t)), ...(says('claim') && claimPagesIn(t)) }
  return Object.fromEntries(
    Object.entries(pages).map(([name, page]) => [`${name} (${t.lang})`, page]),
  )
}

/** The languages besides English. */
export const others: readonly Words[] = languages.filter((words) => words !== english)

export const foreignPages: Record<string, string> = Object.assign({}, ...others.map(pagesIn))
