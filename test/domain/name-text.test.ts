import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { nameMistake, tidyName } from '../../src/domain/people/name-text.ts'

const all = Array.from({ length: 0x110000 }, (_, point) => point)
  .filter((point) => point < 0xd800 || point > 0xdfff)
  .map((point) => String.fromCodePoint(point))
const those = (pattern: RegExp) => all.filter((character) => pattern.test(character))

const ignorable = /\p{Default_Ignorable_Code_Point}/u
const isSeen = (character: string) => !ignorable.test(character)
const letters = those(/\p{L}/u).filter(isSeen)
// Nine of ten letters are Han; the others have a turn of their own.
const rarer = letters.filter((letter) => !/\p{Script=Han}/u.test(letter))
const marks = those(/\p{M}/u).filter(isSeen)
const selectors = those(/[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u)

/** One of many; `constantFrom` takes no more than a call takes arguments. */
const oneOf = (many: string[]) => fc.nat(many.length - 1).map((at) => many[at] ?? '')
const letter = fc.oneof(oneOf(letters), oneOf(rarer))
const mark = oneOf(marks)
const joiner = fc.constantFrom('\u200c', '\u200d')

const scripts = ['Arab', 'Syrc', 'Mong', 'Nkoo', 'Adlm', 'Rohg', 'Deva', 'Beng', 'Gujr', 'Guru']
const indic = ['Orya', 'Taml', 'Telu', 'Knda', 'Mlym', 'Sinh', 'Khmr', 'Mymr']
const joined = fc.oneof(
  ...[...scripts, ...indic].map((script) => {
    const pattern = new RegExp(`\\p{Script=${script}}`, 'u')
    const own = oneOf(rarer.filter((each) => pattern.test(each)))
    return fc.tuple(own, joiner, own).map((parts) => parts.join(''))
  }),
)
const virama = fc.constantFrom(...'्্੍્୍்్್്්္្᭄꧀')
const stacked = fc.tuple(letter, virama, joiner).map((parts) => parts.join(''))
const varied = fc.tuple(letter, fc.constantFrom(...selectors)).map((parts) => parts.join(''))
const plain = fc.oneof(
  letter,
  fc.tuple(letter, mark).map((parts) => parts.join('')),
)
const spaced = plain.map((part) => ` ${part}`)

const nameOf = (...parts: fc.Arbitrary<string>[]) =>
  fc
    .tuple(letter, fc.array(fc.oneof(...parts), { maxLength: 12 }))
    .map(([first, rest]) => first + rest.join(''))

const holds = <Values extends unknown[]>(property: fc.IProperty<Values>) =>
  fc.assert(property, { numRuns: 1000 })

t.test(
  'whatever is made of letters, marks, joiners where a script joins, and variation selectors is a name, kept in NFC',
  async (t) => {
    const check = (name: string) => {
      assert.equal(nameMistake(name), undefined)
      assert.equal(tidyName(name), name.normalize('NFC'))
      assert.equal(nameMistake(tidyName(name)), undefined, 'what is kept is a name')
    }
    const names = nameOf(plain, spaced, joined, stacked, varied)
    t.doesNotThrow(() => holds(fc.property(names, check)))
  },
)

/** What nobody sees, wherever it stands, of every kind. */
const hidden: Record<string, string[]> = {
  'a bidi control': those(/\p{Bidi_Control}/u),
  'a tag character': those(/[\u{e0000}-\u{e007f}]/u),
  'a noncharacter': those(/\p{Noncharacter_Code_Point}/u),
  'a line or paragraph separator': ['\u2028', '\u2029'],
  'a control': those(/\p{Cc}/u),
  'a zero-width character': [...'\u200b\u2060\u2061\u2062\u2063\u2064\ufeff\u00ad\u034f'],
  'a filler': [...'\u115f\u1160\u3164\uffa0\u17b4\u17b5'],
  'half of a character': ['\ud800', '\udbff', '\udc00', '\udfff'],
}
t.equal(hidden['a noncharacter']?.length, 66)
t.equal(hidden['a bidi control']?.length, 12)

const codePoint = (character: string) =>
  `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`

for (const [what, characters] of Object.entries(hidden))
  t.test(`${what} in a name is refused, with the character and its place`, async (t) => {
    const check = (before: string, character: string, after: string) => {
      const said = nameMistake(`${before}${character}${after}`) ?? ''
      const place = `(${codePoint(character)}, character ${[...before].length + 1} of the name)`
      assert.ok(said.includes(place), `${said} has no ${place}`)
    }
    const names = nameOf(plain, spaced)
    t.doesNotThrow(() => holds(fc.property(names, fc.constantFrom(...characters), names, check)))
  })

t.test('a joiner where nothing joins is refused, with its place', async (t) => {
  const apart = oneOf(
    letters.filter((each) =>
      /\p{Script=Latin}|\p{Script=Han}|\p{Script=Cyrillic}|\p{Script=Hangul}/u.test(each),
    ),
  )
  const check = (before: string, character: string, after: string) =>
    assert.ok(
      nameMistake(`${before}${character}${after}`)?.includes(
        `(${codePoint(character)}, character 2 of`,
      ),
    )
  t.doesNotThrow(() => holds(fc.property(apart, joiner, apart, check)))
})

t.test('places are counted in the name as it was sent, with the spaces around it', async (t) => {
  t.match(nameMistake('  𠮷\u200b田'), /U\+200B, character 4 of the name/)
  t.match(nameMistake('Jose\u0301\u202e'), /U\+202E, character 6 of the name/)
})
