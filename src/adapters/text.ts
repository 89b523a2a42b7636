import { Problem } from '../problem.ts'
import { guessEncoding, seemsToBe } from './file-kind.ts'

/** Byte order marks, the longer ones first. */
const marks: [bytes: number[], encoding: string][] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0x84, 0x31, 0x95, 0x33], 'gb18030'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
]

const advice = 'save it as “CSV UTF-8”'

/** What is wrong with the name of an encoding, as a sentence. */
export function encodingTrouble(encoding: string): string | undefined {
  try {
    new TextDecoder(encoding, { fatal: true })
    return undefined
  } catch {
    return `${encoding} is not an encoding that is known here; gb18030, gbk, big5, shift_jis, euc-kr, windows-1252 and utf-16le are some.`
  }
}

/**
 * The text of a file of results. The encoding is that of its byte order mark, else the given one, else UTF-8. `what` is
 * the subject of the sentences. Throws `malformed` for bytes that are not text in that encoding or are another kind of
 * file, with what they seem to be and how to save the file; `invalid` for an unknown encoding.
 */
export function fileText(bytes: Uint8Array, what: string, encoding?: string): string {
  const chosen = chooseEncoding(bytes, what, encoding)
  const text = decoded(bytes, chosen.used)
  if (text === undefined) throw notIn(bytes, what, chosen)
  if (text.trim() === '') throw noRows(what)
  if (text.includes('\0')) throw nullCharacters(what)
  return text
}

/**
 * The same for a file that arrives in parts: each part of its text as soon as it is there. What is wrong further down
 * is thrown when it arrives.
 */
export async function* textParts(
  chunks: AsyncIterable<Uint8Array>,
  what: string,
  encoding?: string,
): AsyncGenerator<string, void, void> {
  let begin: Buffer | undefined
  let decode: ((bytes: Uint8Array, isEnd: boolean) => string) | undefined
  let isBlank = true
  for await (const chunk of chunks) {
    begin = Buffer.concat([begin ?? Buffer.alloc(0), chunk])
    if (!decode && begin.length < 4) continue // A byte order mark may have four bytes.
    decode ??= decoderOf(begin, what, encoding)
    const part = decode(begin, false)
    isBlank = isBlank && part.trim() === ''
    yield part
    begin = undefined
  }
  decode ??= decoderOf(begin ?? Buffer.alloc(0), what, encoding)
  const end = decode(begin ?? Buffer.alloc(0), true)
  if (isBlank && end.trim() === '') throw noRows(what)
  yield end
}

function decoderOf(begin: Uint8Array, what: string, encoding: string | undefined) {
  const chosen = chooseEncoding(begin, what, encoding)
  const decoder = new TextDecoder(chosen.used, { fatal: true })
  return (bytes: Uint8Array, isEnd: boolean): string => {
    try {
      const text = decoder.decode(bytes, { stream: !isEnd })
      if (!text.includes('\0')) return text
    } catch {
      throw notIn(bytes, what, chosen)
    }
    throw nullCharacters(what)
  }
}

type Encoding = { used: string; marked: string | undefined }

function chooseEncoding(begin: Uint8Array, what: string, encoding = 'utf-8'): Encoding {
  const trouble = encodingTrouble(encoding)
  if (trouble) throw new Problem('invalid/no-such-encoding', trouble)
  const kind = seemsToBe(begin)
  if (kind)
    throw new Problem('malformed/not-text', `${what} looks like ${kind.what}: ${kind.advice}.`)
  const marked = marks.find(([mark]) => mark.every((byte, at) => begin[at] === byte))?.[1]
  return { used: marked ?? encoding, marked }
}

/** The problem of a file without rows. */
export function noRows(what: string): Problem {
  return new Problem('malformed/no-rows', `${what} has no rows; nothing was kept.`)
}

function nullCharacters(what: string) {
  return new Problem(
    'malformed/null-characters',
    `${what} has characters that no text has (U+0000); it looks like UTF-16 or a file of another program: ${advice}, or name its encoding.`,
  )
}

/** Decodes UTF-8. Throws `malformed` for other bytes; `what` is the subject of the sentence. */
export function utf8(bytes: Uint8Array, what: string): string {
  const text = decoded(bytes, 'utf-8')
  if (text === undefined) throw new Problem('malformed/not-utf8', `${what} is not UTF-8.`)
  return text
}

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function notIn(bytes: Uint8Array, what: string, encoding: Encoding) {
  return new Problem('malformed/wrong-encoding', whyNotIn(bytes, what, encoding))
}

function whyNotIn(bytes: Uint8Array, what: string, { used, marked }: Encoding): string {
  if (marked)
    return `${what} has the byte order mark of ${used.toUpperCase()}, but is not: ${advice}.`
  const guess = guessEncoding(bytes)
  const is = `${what} is not ${used.toUpperCase()}`
  if (!guess) return `${is}: ${advice}, or name its encoding.`
  return `${is}; it looks like ${guess}: ${advice}, or name its encoding (--encoding ${guess.toLowerCase()}, “encoding” of the mapping file, or charset= of the content type).`
}
