import { IntlMessageFormat } from 'intl-messageformat'
import t from 'tap'
import { chooseLanguage, languages, languagesOf, parts } from '../../src/words/languages.ts'
import { english, type Word, wordsIn } from '../../src/words/words.ts'

const others = languages.filter((words) => words !== english)
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

t.test('a language says all of a part of the site or nothing of it, and nothing else', (t) => {
  for (const { lang, all } of others) {
    t.same(
      all.filter((word) => !english.all.includes(word)),
      [],
      `${lang} has no message that nobody says`,
    )
    const whole = languagesOf().some((words) => words.lang === lang)
    const said = Object.entries(parts).filter(([part]) =>
      languagesOf(part as keyof typeof parts).some((words) => words.lang === lang),
    )
    t.ok(whole || said.length > 0, `${lang} says all of something; missing: ${missing(all)}`)
    const firsts = new Set<string>(said.flatMap(([, names]) => names))
    if (!whole)
      t.same(
        all.filter((word) => !firsts.has(firstOf(word))),
        [],
        `${lang} has nothing of parts that it does not say whole`,
      )
  }
  t.end()
})

function missing(all: readonly Word[]) {
  return english.all.filter((word) => !all.includes(word)).join(', ')
}

t.test('every message has the places of the English one, and can be read', (t) => {
  for (const words of others)
    for (const word of words.all) {
      const text = words.textOf(word)
      t.same(placesOf(text), placesOf(english.textOf(word)), `${words.lang} ${word}`)
      t.ok(text.trim() !== '' && !text.includes("'"), `${words.lang} ${word}`)
    }
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
