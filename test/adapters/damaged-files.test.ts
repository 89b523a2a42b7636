import fc from 'fast-check'
import t from 'tap'
import type { ImportReport } from '../../schemas/import-report.ts'
import { bodyText } from '../../src/storage/results/results.ts'
import { readTable } from '../help/read-table.ts'
import { start, withAdapters } from '../help/start.ts'

const names =
  'Client Candidate ID,Registration ID,Exam Series Code,Exam Start,Exam End,Grade,Score,Status,Name On ID,Email Address,Site'
const row = (
  at: number,
  { name = '张伟', grade = 'pass', id = `K-${at}`, result = `G${at}` } = {},
) =>
  `${id},${result},NWP-C01,20-Nov-2026 09:00,20-Nov-2026 10:12,${grade},812,RELEASED,${name},k${at}@example.com,50213`
const file = (...rows: string[]) => [names, ...rows, ''].join('\r\n')
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')
const bigEndian = (text: string) => utf16(text).swap16()
// 𠮷田 in GB 18030, 张伟 in GBK, 田中ソ in Shift_JIS, 王小明 in Big5.
const gb18030 = Buffer.from([0x95, 0x34, 0xb2, 0x35, 0xcc, 0xef])
const gbk = Buffer.from([0xd5, 0xc5, 0xce, 0xb0])
const shiftJis = Buffer.from([0x93, 0x63, 0x92, 0x86, 0x83, 0x5c])
const big5 = Buffer.from([0xa4, 0xfd, 0xa4, 0x70, 0xa9, 0xfa])
const latin = Buffer.from('José Müller', 'latin1')
const within = (name: Buffer) => {
  const [before = '', after = ''] = file(row(1, { name: '@@' })).split('@@')
  return Buffer.concat([Buffer.from(before), name, Buffer.from(after)])
}

type Sent = { payload: string | Buffer; type?: string; url?: string }

async function send(
  { app, auth }: Awaited<ReturnType<typeof start>>,
  { payload, type = 'text/csv', url = '/v1/adapters/pearson-vue/files' }: Sent,
) {
  const headers = { ...auth, accept: 'application/json', 'content-type': type }
  const answer = await app.inject({ method: 'POST', url, headers, payload })
  return { status: answer.statusCode, text: answer.body, ...(answer.json() as ImportReport) }
}

const read: Record<string, [payload: string | Buffer, rows: number, type?: string]> = {
  'UTF-8 with a byte order mark': [`\ufeff${file(row(1))}`, 1],
  'UTF-16LE with tabs': [utf16(file(row(1)).replaceAll(',', '\t')), 1],
  'UTF-16BE with tabs': [bigEndian(file(row(1)).replaceAll(',', '\t')), 1],
  semicolons: [file(row(1)).replaceAll(',', ';'), 1],
  pipes: [file(row(1)).replaceAll(',', '|'), 1],
  'a line sep=,': [`sep=,\r\n${file(row(1))}`, 1],
  'a line sep=; after a byte order mark': [`\ufeffsep=;\n${file(row(1)).replaceAll(',', ';')}`, 1],
  'a quoted line sep=': [`"sep=\t"\r\n${file(row(1)).replaceAll(',', '\t')}`, 1],
  'line ends of every kind': [`${names}\r\n${row(1)}\n${row(2)}\r${row(3)}\r\n`, 3],
  'line ends of old Macs': [file(row(1), row(2)).replaceAll('\r\n', '\r'), 2],
  'blank lines first': [`\r\n  \r\n,,,,\r\n${file(row(1))}`, 1],
  'headers in other case, with NBSP and spaces around': [
    file(row(1))
      .replace('Registration ID', ' registration\u00a0id ')
      .replace('Grade', 'GRADE\u200b'),
    1,
  ],
  'empty cells at the end of rows': [file(`${row(1)},,`), 1],
  'empty cells at the end of the header': [`${names},,\r\n${row(1)},,\r\n`, 1],
  'words in another case': [file(row(1, { grade: 'PASS' }), row(2, { grade: ' Pass ' })), 2],
  'everything quoted': [file(row(1)).replace(/[^,\r\n]+/g, '"$&"'), 1],
  'ids as formulas that keep their zeros': [
    file(row(1, { id: '="0012"', result: '"=""007"""' })),
    1,
  ],
  'a quotation mark within a cell': [file(row(1, { name: 'Sean "Jack" ONeil' }), row(2)), 2],
  'GB18030 by the content type': [within(gb18030), 1, 'text/csv; charset=gb18030'],
}

t.test('files are read as spreadsheets and exports write them', async (t) => {
  const blazon = await start(t, { settings: withAdapters })
  for (const [what, [payload, count, type]] of Object.entries(read)) {
    const answer = await send(blazon, { payload, ...(type && { type }) })
    t.equal(answer.status, 200, `${what}: ${answer.text}`)
    const { accepted = 0, replayed = 0 } = answer.counts ?? {}
    t.equal(accepted + replayed, count, `${what}: ${answer.text}`)
  }
})

t.test('nothing of a name is lost on the way from GB18030', async (t) => {
  const blazon = await start(t, { settings: withAdapters })
  await send(blazon, { payload: within(gb18030), type: 'text/csv; charset=GB18030' })
  const { body } = await blazon.tools.db
    .selectFrom('result')
    .select(bodyText)
    .executeTakeFirstOrThrow()
  t.equal(JSON.parse(body).candidate.fullName, '𠮷田')
})

const refused: Record<string, [payload: string | Buffer, says: RegExp]> = {
  'an XLSX workbook': [
    Buffer.from('PK\x03\x04....[Content_Types].xml xl/workbook.xml', 'latin1'),
    /XLSX.*ZIP.*CSV UTF-8/,
  ],
  'an ODS workbook': ['PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet', /ODS/],
  'a Numbers document': ['PK\x03\x04 Index/Document.iwa', /Numbers/],
  'another ZIP': ['PK\x03\x04 results.csv', /ZIP archive: unpack/],
  'an XLS workbook': [Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), /XLS/],
  'a PDF': ['%PDF-1.7', /PDF/],
  'a gzip archive': [Buffer.from([0x1f, 0x8b, 8, 0]), /gzip/],
  'a web page': ['\n<html><table><tr><td>Grade', /HTML/],
  'an XML spreadsheet': ['<?xml version="1.0"?><Workbook/>', /XML/],
  RTF: ['{\\rtf1 x}', /RTF/],
  'UTF-32': [Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]), /UTF-32/],
  GB18030: [within(gb18030), /looks like GB18030.*--encoding gb18030/],
  GBK: [within(gbk), /looks like GB18030/],
  Shift_JIS: [within(shiftJis), /looks like Shift_JIS/],
  Big5: [within(big5), /looks like Big5/],
  'windows-1252': [within(latin), /looks like windows-1252/],
  'UTF-16 without a mark': [Buffer.from(file(row(1)), 'utf16le'), /UTF-16/],
  JSON: ['[{"a":1}]', /JSON; this adapter reads CSV/],
  'a title above the header': [
    `Results export 2026-11-20\r\n${file(row(1))}`,
    /Row 1 \(“Results export 2026-11-20”\) is not the header, which is in row 2/,
  ],
  'a title above a header with semicolons': [
    `Results, all\r\n\r\n${file(row(1)).replaceAll(',', ';')}`,
    /header, which is in row 3/,
  ],
  'a header alone': [`${names}\r\n`, /no rows/],
  'a header and empty rows': [`${names}\r\n,,,\r\n\r\n`, /no rows/],
  'spaces alone': [' \r\n', /no rows/],
  'a near miss': [
    file(row(1)).replace('Registration ID', 'Registration_No ID').replace('Grade', 'Grades'),
    /Did you mean “Grades”/,
  ],
}

t.test('a file that is no CSV is refused with what it seems to be', async (t) => {
  const blazon = await start(t, { settings: withAdapters })
  for (const [what, [payload, says]] of Object.entries(refused)) {
    const answer = await send(blazon, { payload })
    t.ok(answer.status === 400 || answer.status === 422, `${what}: ${answer.text}`)
    t.match(answer.text, says, what)
  }
  t.same(await blazon.tools.db.selectFrom('result').select('result_id').execute(), [])
})

const loose: Record<string, string> = {
  'opened and never closed': 'Sean,"Jack'.replace('Sean,', ''),
  'never closed at the head': '"Jack ONeil',
  'that is missing around a comma': 'Lee, Ann',
  'closed within the cell': '"Jack" ONeil',
  'within quotation marks': '"Sean "Jack" ONeil"',
}
for (const [what, name] of Object.entries(loose))
  t.test(`a quotation mark ${what} costs no other row`, async (t) => {
    const blazon = await start(t, { settings: withAdapters })
    const rows = [row(1), row(2, { name }), row(3), row(4, { name: '"O\'Neil, Sean"' }), row(5)]
    const { counts, rows: report, text } = await send(blazon, { payload: file(...rows) })
    t.match(counts, { accepted: 4, refused: 1 }, text)
    t.match(report[1], { row: 3, outcome: 'refused', errors: [{ message: /quotation mark/ }] })
  })

t.test('two loose quotation marks never make one row of two people', async (t) => {
  const blazon = await start(t, { settings: withAdapters })
  const payload = file(row(1, { name: '"Ann' }), row(2, { name: 'Bob"' }), row(3))
  const { counts, text } = await send(blazon, { payload })
  t.match(counts, { accepted: 1, refused: 1 }, text)
  t.match(text, /goes over 2 lines/)
})

t.test('a row that a quotation mark ended early is never one of its cells', async (t) => {
  const { records } = await readTable('a,b,c,d\n1,"2,3,4\n5"\n6,7,8,9\n')
  t.match(records, [
    { row: 2, trouble: { message: /goes over 2 lines/ } },
    { row: 3, cells: { a: '6' } },
  ])
})

t.test('a line sep= is obeyed, also where the header has more of another delimiter', async (t) => {
  const { columns, records } = await readTable('sep=;\r\na,b,c;d\r\n1,2;3\r\n')
  t.same(columns, ['a,b,c', 'd'])
  t.same(records, [{ row: 2, cells: { 'a,b,c': '1,2', d: '3' } }])
})

t.test('a row that is written within a cell is never taken for a row', async (t) => {
  const blazon = await start(t, { settings: withAdapters })
  const payload = file(row(1, { name: `"Ann\r\n${row(2)}\r\n"` }), row(3))
  const { counts, text } = await send(blazon, { payload })
  t.match(counts, { accepted: 1, refused: 1 }, text)
  t.notMatch(text, /G2/)
})

t.test('cells that are written by the book are read as they were', async (t) => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.trim())
  const line = fc.array(cell, { minLength: 3, maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1, maxLength: 6 }),
      fc.constantFrom(',', ';', '\t', '|'),
      fc.constantFrom('\n', '\r\n', '\r'),
      async (lines, delimiter, end) => {
        const quoted = (each: string) => `"${each.replaceAll('"', '""')}"`
        const wanted = lines.filter((cells) => cells.some((each) => each !== ''))
        const plain = wanted.filter((cells) => cells.every((each) => !/[\r\n]|^="/.test(each)))
        const text = [['a', 'b', 'c'], ...plain]
          .map((cells) => cells.map(quoted).join(delimiter))
          .join(end)
        const { records } = await readTable(text)
        t.same(
          records.map(({ cells }) => Object.values(cells)),
          plain,
        )
      },
    ),
    { numRuns: 300 },
  )
})
