import { codePoint } from './mail-address.ts'

/** A name in its stored form: composed (NFC) and trimmed. */
export function tidyName(name: string): string {
  return name.normalize('NFC').trim()
}

// Scripts whose letters join or stack, so that a joiner between them changes their look.
const scripts =
  'Adlm Arab Beng Deva Gujr Guru Khmr Knda Mand Mlym Mong Mymr Nkoo Orya Phag Rohg Sinh Syrc Taml Telu'
const joining = `[${scripts
  .split(' ')
  .map((script) => `\\p{scx=${script}}`)
  .join('')}]`
// The signs of combining class 9 in current scripts; IDNA allows joiners after them, too (RFC 5892, A.1 and A.2).
const virama =
  '[\\u094d\\u09cd\\u0a4d\\u0acd\\u0b4d\\u0bcd\\u0c4d\\u0ccd\\u0d3b\\u0d3c\\u0d4d\\u0dca\\u0f84\\u1039\\u103a\\u17d2\\u1a60\\u1b44\\u1baa\\u1bab\\ua806\\ua8c4\\ua953\\ua9c0\\uaaf6\\uabed\\u{11133}\\u{11134}]'
const emoji =
  '(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f])\\u200d(?=\\p{Extended_Pictographic})'
const joiner = new RegExp(
  `(?<=${virama}\\p{M}*)[\\u200c\\u200d]|(?<=(?=[\\p{L}\\p{M}])${joining}\\p{M}*)[\\u200c\\u200d](?=(?=[\\p{L}\\p{M}])${joining})|${emoji}`,
  'gu',
)
// One for each visible character; a Mongolian separator stands between letters of that script.
const selector =
  /(?<=[^\s\p{Default_Ignorable_Code_Point}])[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]|(?<=\p{scx=Mong})[\u180b-\u180f]/gu
const unseen =
  /[\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u{fff9}-\u{fffb}]/u
const seen = /[^\s\p{M}\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u

/**
 * What is wrong with a name, to follow the name of its field; undefined if it can be stored. A name needs a visible
 * character, and no invisible ones but joiners where a script or an emoji joins, and variation selectors. Characters
 * count from 1, as sent.
 */
export function nameMistake(name: string): string | undefined {
  const text = name.trim()
  const fill = (allowed: string) => 'x'.repeat(allowed.length)
  const rest = text.replace(joiner, fill).replace(selector, fill)
  const hidden = unseen.exec(rest)
  if (!hidden)
    return seen.test(text)
      ? undefined
      : 'has no visible character; send the name as it is on the ID'
  const [character] = hidden
  const before = name.slice(0, name.indexOf(text) + hidden.index)
  return `has an invisible character (${codePoint(character)}, character ${[...before].length + 1} of the name); send the name without it`
}
