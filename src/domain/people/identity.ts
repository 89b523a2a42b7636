import { createHash } from 'node:crypto'

/** The key under which spellings of a name compare as equal: by letters, in any case. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase()
}

/** What distinguishes one person from another: normalised name and birth date (programme rules, part 4). */
export function nameAndBirthDate(fullName: string, birthDate: string): string {
  return `${nameKey(fullName)}\n${birthDate}`
}

/** IdentityHash: `sha256$` and the hex digest of identifier immediately followed by salt (conformance 1.5, 9.8). */
export function identityHash(identifier: string, salt: string): string {
  return `sha256$${createHash('sha256')
    .update(identifier + salt, 'utf8')
    .digest('hex')}`
}

/** The first grapheme of each word, each with a full stop: "Zhang Wei" gives "Z. W." */
export function initials(name: string): string {
  const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  const words = name.split(/\s+/u).filter((word) => word !== '')
  return words.map((word) => `${[...graphemes.segment(word)][0]?.segment.toUpperCase()}.`).join(' ')
}
