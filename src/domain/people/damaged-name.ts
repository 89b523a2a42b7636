/** Ways in which a name was damaged before it came here. */
export type Damage =
  | 'replacement-character'
  | 'wrong-encoding'
  | 'private-use'
  | 'unassigned'
  | 'stacked-marks'

/**
 * The signs that a name is damaged: replacement characters, text decoded with the wrong table, private or unassigned
 * characters, or more marks on a letter than any script uses. Empty for names that people really have.
 */
export function damageOf(name: string): Damage[] {
  const found: [Damage, boolean][] = [
    ['replacement-character', name.includes('\ufffd')],
    ['wrong-encoding', isMisread(name)],
    ['private-use', /\p{Co}/u.test(name)],
    ['unassigned', /\p{Cn}/u.test(name)],
    ['stacked-marks', isStacked(name)],
  ]
  return found.flatMap(([damage, there]) => (there ? [damage] : []))
}

/** The names that are shown of a holder: the full name, and the Latin spelling, from which initials are taken. */
export type ShownNames = { fullName: string; latinName?: string | null | undefined }

/** The damaged ones among a holder's shown names. */
export function damagedNames({ fullName, latinName }: ShownNames): string[] {
  return [fullName, latinName ?? ''].filter((name) => damageOf(name).length > 0)
}

// Vietnamese puts two marks shared by all scripts on a letter, Arabic three; Tibetan stacks seven of its own.
const common = /(?:(?=\p{M})[\p{Script=Inherited}]){4}/u
const repeated = /(\p{Mn})\1{2}/u
const any = /\p{M}{9}/u

function isStacked(name: string) {
  const text = name.normalize('NFD').replace(/[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu, '')
  return common.test(text) || repeated.test(text) || any.test(text)
}

// The bytes 80 to BF as windows-1252 has them; dashes and quotation marks also stand beside letters in real names.
const letters = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ¡-¿'
const tail = `[${letters}\u00a0‘’“”–—]`
const misread: RegExp[] = [
  new RegExp(`[ÂÃ]${tail}|[ÄÅ][${letters}]`, 'u'),
  new RegExp(`[à-ï]${tail}[${letters}]|â€${tail}`, 'u'),
  new RegExp(`[à-ï][${letters}][\u00a0 ][Ä-ï]`, 'u'),
  new RegExp(`ð[${letters}\u0090]${tail}${tail}`, 'u'),
  // Slovak names end in ÚŠ and ÚŽ, in capitals.
  new RegExp(
    `(?:[Ä-ß]${tail}.*){2}[Ä-ß][${letters}]|(?:(?!Ú[ŠŽ])[ÎÏÐÑ×Ø-Û][${letters}].*){2}`,
    'u',
  ),
  // UTF-8 as windows-1251 (its bytes 80 to BF) and as Mac Roman, GBK as windows-1252, what two wrong tables leave in
  // GBK.
  /(?:^|[^\p{L}])(?:[РС][ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u0098™љ›њќћџ\u00a0ЎўЈ¤Ґ¦§Ё©Є«¬\u00ad®Ї°±Ііґµ¶·ё№є»јЅѕї]){2}/u,
  /[ГВ][©«»®°±µ¶·§¦¤]/u,
  /√[^\s]/u,
  /(?:^|\s)[\u00a1-\u00ff]{4,}(?:$|\s)/u,
  /锟斤拷|烫烫|屯屯/u,
]

function isMisread(name: string) {
  return misread.some((sign) => sign.test(name))
}
