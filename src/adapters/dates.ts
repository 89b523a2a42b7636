/** How a vendor writes times: ISO 8601 unless there is a format. `timeZone` is for times without an offset. */
export type Dates = { format?: string; timeZone?: string }

const tokens: Record<string, string> = {
  yyyy: '(?<year>\\d{4})',
  MMM: '(?<name>[A-Za-z]{3})',
  MM: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{1,2})',
  hh: '(?<half>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
  a: '(?<noon>[AaPp][Mm])',
}
const token = /yyyy|MMM|MM|dd|HH|hh|mm|ss|a/g
const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/** What is wrong with a format, as the end of a sentence. */
export function formatMistake(format: string): string | undefined {
  const found: string[] = format.match(token) ?? []
  if (new Set(found).size !== found.length) return 'has a part twice.'
  const day = found.includes('yyyy') && found.includes('dd')
  const month = found.includes('MM') !== found.includes('MMM')
  const hour = found.includes('HH') !== (found.includes('hh') && found.includes('a'))
  if (day && month && hour && found.includes('mm')) return undefined
  return 'must have yyyy, MM or MMM, dd, HH (or hh with a) and mm, such as dd-MMM-yyyy HH:mm.'
}

/**
 * The instant of a text, as ISO with `Z`. Undefined when the text is not a time, or has neither an offset nor a
 * `timeZone`.
 */
export function readMoment(text: string, { format, timeZone }: Dates): string | undefined {
  try {
    if (format === undefined) return iso(text, timeZone)
    return timeZone === undefined ? undefined : inZone(formatted(text, format), timeZone)
  } catch {
    return undefined
  }
}

const isoMoment = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:[0-5]\d([.,]\d{1,9})?)?(Z|[+-]\d\d(:?\d\d)?)?$/i

function iso(text: string, timeZone: string | undefined) {
  const [found, , , offset] = isoMoment.exec(text) ?? []
  if (!found) return undefined
  if (offset) return Temporal.Instant.from(text).toString()
  return timeZone === undefined ? undefined : inZone(Temporal.PlainDateTime.from(text), timeZone)
}

/** Of an hour that occurs twice the first counts; an hour that the clocks skip is undefined. */
function inZone(local: Temporal.PlainDateTime | undefined, timeZone: string) {
  const moment = local?.toZonedDateTime(timeZone, { disambiguation: 'earlier' })
  return local && moment?.toPlainDateTime().equals(local)
    ? moment.toInstant().toString()
    : undefined
}

function formatted(text: string, format: string) {
  const literal = (part: string) => part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
  let pattern = ''
  let last = 0
  for (const match of format.matchAll(token)) {
    pattern += literal(format.slice(last, match.index)) + tokens[match[0]]
    last = match.index + match[0].length
  }
  const parts = new RegExp(`^${pattern}${literal(format.slice(last))}$`).exec(text)?.groups
  if (!parts) return undefined
  const number = (name: string) => Number(parts[name] ?? 0)
  const month = parts.name ? months.indexOf(parts.name.toLowerCase()) + 1 : number('month')
  return Temporal.PlainDateTime.from(
    {
      year: number('year'),
      month,
      day: number('day'),
      hour: hourOf(parts),
      minute: number('minute'),
      second: number('second'),
    },
    { overflow: 'reject' },
  )
}

function hourOf({ hour, half, noon }: Record<string, string | undefined>) {
  if (half === undefined) return Number(hour)
  if (Number(half) < 1 || Number(half) > 12) return -1
  return (Number(half) % 12) + (noon?.toLowerCase() === 'pm' ? 12 : 0)
}
