import { IntlMessageFormat } from 'intl-messageformat'
import en from './en.json' with { type: 'json' }

/** The name of a message in the catalogues, `claim.title`. English has them all. */
export type Word = keyof typeof en

/** What fills the places of a message: text, numbers (which choose plurals), or markup of the caller's. */
export type Values<Markup = never> = Record<string, string | number | Markup>

/** The messages of one language: English has all, others may have some. */
export type Catalogue = Partial<Record<Word, string>>

/** One language: its tag, and the messages of Blazon in it. ICU MessageFormat; dates are calendar days, which have no zone. */
export type Words = {
  lang: string
  /** How its text runs. */
  dir: 'ltr' | 'rtl'
  /** The names of the messages that it has. */
  all: readonly Word[]
  /** A message as its catalogue has it, places and all. */
  textOf: (word: Word) => string
  /** A message as text. */
  say: (word: Word, values?: Values) => string
  /** A message in its parts, so that what the caller puts in can be markup; text is not escaped yet. */
  parts: <Markup extends object>(word: Word, values: Values<Markup>) => (string | Markup)[]
  /** `2026-11-22` -> `22 November 2026`. */
  day: (date: string) => string
  /** An instant on the clock of a zone, with the zone's name: `22 November 2026, 21:08 (Asia/Shanghai)`. */
  moment: (instant: string, timeZone: string, precision?: 'minute' | 'second') => string
  /** An ISO 8601 duration: `P2Y` -> `2 years`; nothing for no time. */
  duration: (duration: string) => string
  /** Names as a reader says them: `one, two, and three`. */
  list: (names: string[]) => string
}

/** English, dates written the way most of the world does. */
export const english = wordsIn('en', en)

/**
 * A language from its catalogue, whose `language.` messages say how dates and numbers are written, and how its text runs. Messages are
 * compiled when first said; one that is missing throws.
 */
export function wordsIn(lang: string, catalogue: Catalogue): Words {
  const { 'language.region': region = lang, 'language.direction': direction } = catalogue
  const compiled = new Map<Word, Message>()
  const text = (word: Word) => {
    const found = catalogue[word]
    if (found === undefined) throw new Error(`${lang}.json has no message ${word}.`)
    return found
  }
  const message = (word: Word) => {
    const before = compiled.get(word)
    if (before) return before
    const made = compile(text(word), region)
    compiled.set(word, made)
    return made
  }
  const days = new Intl.DateTimeFormat(region, { dateStyle: 'long', timeZone: 'UTC' })
  const durations = new Intl.DurationFormat(region, { style: 'long' })
  const lists = new Intl.ListFormat(lang, { type: 'conjunction' })
  const lengths = new Intl.ListFormat(region, { type: 'unit' })
  const known = new Map<string, string>()
  // A page says the same few days again and again, and there are not many.
  const day = (date: string) => {
    const said = known.get(date) ?? days.format(new Date(`${date}T00:00:00Z`))
    known.set(date, said)
    return said
  }
  const list = (names: string[]) => lists.format(names)
  return {
    lang,
    dir: direction === 'rtl' ? 'rtl' : 'ltr',
    all: Object.keys(catalogue) as Word[],
    textOf: text,
    say: (word, values) => (values ? message(word)(values).join('') : text(word)),
    parts: <Markup extends object>(word: Word, values: Values<Markup>) =>
      message(word)(values) as (string | Markup)[],
    day,
    moment: (instant, timeZone, precision = 'minute') => {
      const local = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone)
      const clock = local.toPlainTime().toString({ smallestUnit: precision, roundingMode: 'trunc' })
      const of = { day: day(local.toPlainDate().toString()), clock, zone: timeZone }
      return message('language.moment')(of).join('')
    },
    duration: (duration) => {
      const lasting = Temporal.Duration.from(duration)
      const parts = units.filter((unit) => lasting[unit] !== 0)
      return lengths.format(parts.map((unit) => durations.format({ [unit]: lasting[unit] })))
    },
    list,
  }
}

const units = ['years', 'months', 'weeks', 'days'] as const

type Message = (values: Values<object>) => (string | number | object)[]

/** Most messages have plain places only, and a page says dozens of them: those need no formatter. */
function compile(text: string, region: string): Message {
  if (/^(?:[^{}']|\{\w+\})*$/.test(text)) {
    const pieces = text.split(/\{(\w+)\}/)
    return (values) =>
      pieces.map((piece, index) => (index % 2 === 0 ? piece : filled(values, piece)))
  }
  const format = new IntlMessageFormat(text, region, undefined, { ignoreTag: true })
  return (values) => [format.format<object>(values)].flat()
}

function filled(values: Values<object>, place: string) {
  const value = values[place]
  if (value === undefined) throw new Error(`A message has nothing for {${place}}.`)
  return value
}
