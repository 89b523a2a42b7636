import { IntlMessageFormat } from 'intl-messageformat'
import en from './en.json' with { type: 'json' }

/** The name of a message in the catalogues, such as `claim.title`. English has all of them. */
export type Word = keyof typeof en

/** The values for the placeholders of a message: text, numbers (which choose plurals), or the caller's markup. */
export type Values<Markup = never> = Record<string, string | number | Markup>

/** The messages of one language. English has all, others may lack some. */
export type Catalogue = Partial<Record<Word, string>>

/** One language: its tag and its messages, in ICU MessageFormat. Dates are calendar days, without a time zone. */
export type Words = {
  lang: string
  /** The direction of its text. */
  dir: 'ltr' | 'rtl'
  /** The names of its messages. */
  all: readonly Word[]
  /** A message as its catalogue has it, with placeholders. */
  textOf: (word: Word) => string
  /** A message as text. */
  say: (word: Word, values?: Values) => string
  /** A message in pieces, so that the caller's values can be markup. Text is not escaped yet. */
  parts: <Markup extends object>(word: Word, values: Values<Markup>) => (string | Markup)[]
  /** `2026-11-22` -> `22 November 2026`. */
  day: (date: string) => string
  /** An instant in a time zone, with the zone's name: `22 November 2026, 21:08 (Asia/Shanghai)`. */
  moment: (instant: string, timeZone: string, precision?: 'minute' | 'second') => string
  /** An ISO 8601 duration: `P2Y` -> `2 years`; empty for no time. */
  duration: (duration: string) => string
  /** A list of names as a sentence has it: `one, two, and three`. */
  list: (names: string[]) => string
}

/** English, with day, month and year in the most common order. */
export const english = wordsIn('en', en)

/**
 * Makes a language from its catalogue, whose `language.` messages define the format of dates and numbers and the
 * direction of text. Messages are compiled at their first use; a missing message throws.
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
  // Most processes use few languages, and a formatter takes a millisecond to make.
  const days = once(() => new Intl.DateTimeFormat(region, { dateStyle: 'long', timeZone: 'UTC' }))
  const durations = once(() => new Intl.DurationFormat(region, { style: 'long' }))
  const lists = once(() => new Intl.ListFormat(lang, { type: 'conjunction' }))
  const lengths = once(() => new Intl.ListFormat(region, { type: 'unit' }))
  const known = new Map<string, string>()
  // A page prints the same few days many times, and there are not many, so formatted days are cached.
  const day = (date: string) => {
    const text = known.get(date) ?? days().format(new Date(`${date}T00:00:00Z`))
    known.set(date, text)
    return text
  }
  const list = (names: string[]) => lists().format(names)
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
      return lengths().format(parts.map((unit) => durations().format({ [unit]: lasting[unit] })))
    },
    list,
  }
}

function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined
  return () => {
    made ??= make()
    return made
  }
}

const units = ['years', 'months', 'weeks', 'days'] as const

type Message = (values: Values<object>) => (string | number | object)[]

/** Most messages have only plain placeholders, and a page prints dozens of them: those need no formatter. */
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
