import { IntlMessageFormat } from 'intl-messageformat'
import t from 'tap'
import { chooseLanguage, languages, languagesOf, parts } from '../../src/words/languages.ts'
import { english, type Word, type Words, wordsIn } from '../../src/words/words.ts'

const firstOf = (word: Word) => word.split('.')[0] ?? ''

/** The places of a message, `{name}` and plurals alike. */
function placesOf(text: string): string[] {
  const found = new Set<string>()
  const walk = (elements: unknown[]) => {
    for (const element of elements as { type: number; value: string; options?: object }[]) {
      if (element.type !== 0 && element.type !== 7) found.add(element.value)
      for (const option of Object.values(element.options ?? {})) walk(option.value)
    }
  }
  walk(new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst())
  return [...found].toSorted()
}

/** The messages that a language should not have: that nobody says, or that belong to a part which it does not say whole. */
function strays({ all }: Words): Word[] {
  const says = (names: readonly string[]) =>
    english.all.every((word) => !names.includes(firstOf(word)) || all.includes(word))
  const firsts: string[] = Object.values(parts).filter(says).flat()
  const whole = english.all.every((word) => all.includes(word))
  return all.filter(
    (word) => !english.all.includes(word) || !(whole || firsts.includes(firstOf(word))),
  )
}

/** The messages that are empty, have a mark of ICU's own, or other places than the English ones. */
function odd(words: Words): Word[] {
  return words.all.filter((word) => {
    const text = words.textOf(word)
    if (text.trim() === '' || text.includes("'")) return true
    return placesOf(text).join() !== placesOf(english.textOf(word)).join()
  })
}

t.test('a language says all of a part of the site or nothing of it, and nothing else', (t) => {
  t.same(languages.flatMap(strays), [])
  const names: readonly string[] = parts.badge
  const whole = english.all.filter((word) => names.includes(firstOf(word)))
  const badge = Object.fromEntries(whole.map((word) => [word, english.textOf(word)]))
  t.same(strays(wordsIn('xx', badge)), [])
  t.same(strays(wordsIn('xx', { ...badge, 'claim.title': 'X' })), ['claim.title'])
  t.same(strays(wordsIn('xx', { ...badge, 'badge.nobody': 'X' } as object)), ['badge.nobody'])
  const { 'badge.number': _, ...less } = badge
  t.ok(strays(wordsIn('xx', less)).includes('badge.earnedOn'), 'a part with a gap is none')
  t.end()
})

t.test('every message has the places of the English one, and can be read', (t) => {
  t.same(languages.flatMap(odd), [])
  const wrong = { 'badge.zone': 'no place', 'badge.number': '', 'share.until': "{day} isn't" }
  t.same(odd(wordsIn('xx', { ...wrong, 'badge.endless': 'X' })), Object.keys(wrong))
  t.end()
})

t.test(
  'the wanted language is found by its tag, else by its first subtag; else it is English',
  (t) => {
    t.equal(chooseLanguage([]), english)
    t.equal(chooseLanguage(['xx', '*', 'en-US']), english)
    for (const words of languagesOf()) {
      t.equal(chooseLanguage(['xx', words.lang.toUpperCase()]), words)
      t.equal(chooseLanguage([`${words.lang.split('-')[0]}-ZZ`, 'en']), words)
    }
    t.end()
  },
)

t.test('a message that a language does not have is a mistake, not a gap on the page', (t) => {
  const some = wordsIn('xx', { 'language.name': 'X' })
  t.throws(() => some.say('badge.number'), /xx\.json has no message badge\.number/)
  t.end()
})
