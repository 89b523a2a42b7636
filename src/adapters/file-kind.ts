/** What a file is that should be text with results, and what the sender must do to get text. */
export type Kind = { what: string; advice: string }

const asCsv = 'open it and save it as “CSV UTF-8”, then send that'
const unpack = 'unpack it, and send the CSV or NDJSON file that is in it'

const magic: [bytes: string, kind: Kind][] = [
  [
    '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    { what: 'an old Excel workbook (XLS), or one with a password', advice: asCsv },
  ],
  ['%PDF-', { what: 'a PDF', advice: 'export the results as CSV' }],
  ['\x1f\x8b', { what: 'a gzip archive', advice: unpack }],
  ['BZh', { what: 'a bzip2 archive', advice: unpack }],
  ['\xfd7zXZ\0', { what: 'an xz archive', advice: unpack }],
  ['7z\xbc\xaf\x27\x1c', { what: 'a 7-Zip archive', advice: unpack }],
  ['Rar!\x1a\x07', { what: 'a RAR archive', advice: unpack }],
  ['\x28\xb5\x2f\xfd', { what: 'a Zstandard archive', advice: unpack }],
  ['SQLite format 3\0', { what: 'an SQLite database', advice: 'export the results as CSV' }],
  ['PAR1', { what: 'a Parquet file', advice: 'export the results as CSV' }],
  [
    '{\\rtf',
    {
      what: 'an RTF document',
      advice: 'save it as plain text in UTF-8, or export the results as CSV',
    },
  ],
  ['\x89PNG\r\n', { what: 'a picture (PNG)', advice: 'send the table itself as CSV' }],
  ['\xff\xd8\xff', { what: 'a picture (JPEG)', advice: 'send the table itself as CSV' }],
  ['\xff\xfe\0\0', { what: 'UTF-32', advice: 'save it as “CSV UTF-8”' }],
  ['\0\0\xfe\xff', { what: 'UTF-32', advice: 'save it as “CSV UTF-8”' }],
]

/** What bytes are that are neither CSV nor JSON. Undefined when they may be text. */
export function seemsToBe(bytes: Uint8Array): Kind | undefined {
  const head = Buffer.from(bytes.subarray(0, 4096)).toString('latin1')
  if (head.startsWith('PK\x03\x04') || head.startsWith('PK\x05\x06')) return zipped(bytes, head)
  const found = magic.find(([start]) => head.startsWith(start))?.[1]
  if (found) return found
  const text = head
    .replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .replaceAll('\0', '')
    .trimStart()
  if (/^<(!doctype\s+html|html|head|body|table|meta)\b/i.test(text))
    return { what: 'a web page (HTML); some systems call that .xls or .csv', advice: asCsv }
  if (/^<(\?xml|!doctype|[a-z:]+[\s>])/i.test(text))
    return { what: 'XML; an XML spreadsheet is one', advice: asCsv }
  return undefined
}

function zipped(bytes: Uint8Array, head: string): Kind {
  if (head.includes('application/vnd.oasis.opendocument.spreadsheet'))
    return { what: 'a LibreOffice workbook (ODS)', advice: asCsv }
  // The names of a ZIP's entries are uncompressed at both ends: before each entry, and in the directory.
  const tail = Buffer.from(bytes.subarray(-65536)).toString('latin1')
  const names = head + tail
  if (names.includes('Index/Document.iwa')) return { what: 'a Numbers document', advice: asCsv }
  if (names.includes('word/')) return { what: 'a Word document', advice: 'send the table as CSV' }
  if (names.includes('xl/') || names.includes('[Content_Types].xml'))
    return { what: 'an Excel workbook (XLSX, which is a ZIP)', advice: asCsv }
  return { what: 'a ZIP archive', advice: unpack }
}

/** A guess at the encoding of text that is not UTF-8; undefined when there is none. */
export function guessEncoding(bytes: Uint8Array): string | undefined {
  const sample = wholeLines(bytes)
  const zeros = [0, 1].map(
    (odd) => sample.filter((byte, at) => byte === 0 && at % 2 === odd).length,
  )
  if (Math.max(...zeros) > sample.length / 8)
    return (zeros[1] ?? 0) > (zeros[0] ?? 0) ? 'UTF-16LE' : 'UTF-16BE'
  if (hasFours(sample) && reads(sample, 'gb18030')) return 'GB18030'
  if (isWestern(sample)) return 'windows-1252'
  const japanese = decode(sample, 'shift_jis')
  if (japanese !== undefined && share(japanese, /[\uff61-\uff9f]/) < 0.2) return 'Shift_JIS'
  if (trailsBelow(sample) > 0.2 && reads(sample, 'big5')) return 'Big5'
  if (reads(sample, 'gb18030')) return 'GB18030'
  return reads(sample, 'euc-kr') ? 'EUC-KR' : undefined
}

/** A sample of whole lines: half a character at the end would be an error in every encoding. */
function wholeLines(bytes: Uint8Array): Uint8Array {
  const maxBytes = 65536
  const firstHigh = Math.max(
    0,
    bytes.findIndex((byte) => byte >= 0x80),
  )
  const from = bytes.lastIndexOf(10, firstHigh) + 1
  if (bytes.length - from <= maxBytes) return bytes.subarray(from)
  const end = bytes.lastIndexOf(10, from + maxBytes)
  return end > from ? bytes.subarray(from, end) : bytes.subarray(from, from + maxBytes)
}

/**
 * Accented letters stand alone between plain ones, in the upper half of the table; East Asian characters come in rows
 * of pairs.
 */
function isWestern(bytes: Uint8Array): boolean {
  const high = bytes.filter((byte) => byte >= 0x80)
  const alone = bytes.filter(
    (byte, at) => byte >= 0x80 && (bytes[at - 1] ?? 0) < 0x80 && (bytes[at + 1] ?? 0) < 0x80,
  )
  const letters = high.filter((byte) => byte >= 0xc0)
  return alone.length > high.length / 2 && letters.length > high.length / 2
}

/** The share of pairs that end in an ASCII byte. In GB 2312 and EUC-KR there are none. */
function trailsBelow(bytes: Uint8Array): number {
  let pairs = 0
  let below = 0
  for (let at = 0; at + 1 < bytes.length; at += 1) {
    if ((bytes[at] ?? 0) < 0x80) continue
    pairs += 1
    if ((bytes[at + 1] ?? 0) < 0x80) below += 1
    at += 1
  }
  return pairs === 0 ? 0 : below / pairs
}

/** Whether there are characters of four bytes, which only GB 18030 has: the second and fourth bytes are digits. */
function hasFours(bytes: Uint8Array): boolean {
  return /[\x81-\xfe][0-9][\x81-\xfe][0-9]/.test(Buffer.from(bytes).toString('latin1'))
}

function share(text: string, kind: RegExp): number {
  const high = [...text].filter((character) => character > '\x7f')
  return high.length === 0
    ? 0
    : high.filter((character) => kind.test(character)).length / high.length
}

function reads(bytes: Uint8Array, encoding: string): boolean {
  return decode(bytes, encoding) !== undefined
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
