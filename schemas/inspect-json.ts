/**
 * What JSON text has beyond its value: repeated keys of an object, and whether a number is not written as JavaScript
 * writes it.
 */
export type Inspection = { repeated: string[]; oddNumbers: boolean }

type Level = { keys: Set<string> | undefined; step: string | number }

/** The maximum of repeated keys in an answer. */
export const mostRepeated = 100
const maxSteps = 20
const maxDepth = 100_000

/**
 * Inspects text that `JSON.parse` accepted. `repeated` has a JSON pointer (RFC 6901) for each key that an object has
 * twice, at most 100: readers differ on which of the two counts (RFC 8259, 4). A pointer of more than 20 steps has the
 * first ones, `…` and the last. One pass, no recursion. Throws a RangeError for more than 100,000 levels, which would
 * cost hundreds of bytes each.
 */
export function inspectJson(text: string): Inspection {
  const levels: Level[] = []
  const repeated = new Set<string>()
  let oddNumbers = false
  let wantsKey = false
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    const level = levels.at(-1)
    if (levels.length > maxDepth)
      throw new RangeError(`it is nested more than ${maxDepth} levels deep`)
    if (code === quote) {
      const end = endOfString(text, at)
      if (wantsKey && level?.keys) noteKey(levels, text.slice(at, end + 1), repeated)
      wantsKey = false
      at = end
    } else if (code === openBrace) {
      levels.push({ keys: new Set(), step: '' })
      wantsKey = true
    } else if (code === openBracket) levels.push({ keys: undefined, step: 0 })
    else if (code === closeBrace || code === closeBracket) {
      levels.pop()
      wantsKey = false
    } else if (code === comma && level) {
      wantsKey = level.keys !== undefined
      if (typeof level.step === 'number') level.step += 1
    } else if (code === minus || (code >= zero && code <= nine)) {
      const end = endOfNumber(text, at)
      const token = text.slice(at, end)
      oddNumbers ||= String(Number(token)) !== token
      at = end - 1
    }
  }
  return { repeated: [...repeated], oddNumbers }
}

/**
 * How many values JSON text has, whole and inner ones, for text that `JSON.parse` accepted. Its value has fewer exactly if
 * an object has a key twice, since the earlier value is lost. Takes half the time of `inspectJson`.
 */
export function countValues(text: string): number {
  let count = 1
  let isOpened = false
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code <= space) continue
    // The first value of an object or list, for each other follows a comma.
    if (code === comma || (isOpened && code !== closeBrace && code !== closeBracket)) count += 1
    isOpened = code === openBrace || code === openBracket
    if (code === quote) at = endOfString(text, at)
  }
  return count
}

const [quote, openBrace, closeBrace, openBracket, closeBracket] = [34, 123, 125, 91, 93]
const [space, comma, minus, zero, nine, backslash] = [32, 44, 45, 48, 57, 92]

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end === -1 ? text.length : end
}

function isEscaped(text: string, at: number): boolean {
  let before = at - 1
  while (text.charCodeAt(before) === backslash) before -= 1
  return (at - before) % 2 === 0
}

const number = /[-+.\deE]*/y

function endOfNumber(text: string, start: number): number {
  number.lastIndex = start
  return start + (number.exec(text)?.[0].length ?? 1)
}

function noteKey(levels: Level[], written: string, repeated: Set<string>) {
  const key: string = written.includes('\\') ? JSON.parse(written) : written.slice(1, -1)
  const level = levels.at(-1)
  if (!level?.keys) return
  level.step = key
  if (level.keys.has(key) && repeated.size < mostRepeated) repeated.add(pointer(levels))
  level.keys.add(key)
}

function pointer(levels: Level[]): string {
  const last = levels.at(-1)
  const steps =
    levels.length <= maxSteps || !last
      ? levels
      : [...levels.slice(0, maxSteps - 1), { step: '…' }, last]
  return steps
    .map(({ step }) => `/${String(step).slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('')
}
