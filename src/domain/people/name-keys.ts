/** The key under which spellings of a name compare as equal: by letters, in any case. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase()
}

/** What distinguishes one person from another: normalised name and birth date (programme rules, part 4). */
export function nameAndBirthDate(fullName: string, birthDate: string): string {
  return `${nameKey(fullName)}\n${birthDate}`
}

/** The first grapheme of each word, each with a full stop: "Zhang Wei" gives "Z. W." */
export function initials(name: string): string {
  const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  const words = name.split(/\s+/u).filter((word) => word !== '')
  return words.map((word) => `${[...graphemes.segment(word)][0]?.segment.toUpperCase()}.`).join(' ')
}
