import t from 'tap'
import { readTable } from '../help/read-table.ts'

t.test(
  'rows that are read again and again for a quotation mark far away are refused',
  async (t) => {
    const chain = '"a\nb",'.repeat(2000)
    for (const end of ['"x"y\n', `"${'z'.repeat(70_000)}"\n`, '"never closed'])
      await t.rejects(readTable(`a,b,c\n${chain}${end}`), {
        kind: 'malformed',
        message: /^Quotation marks are out of place in too many rows/,
      })
  },
)

t.test(
  'a row in quotation marks that is longer than any is broken, and costs no other',
  async (t) => {
    const long = `"${'x'.repeat(60_000)}\n",`.repeat(20)
    const { records } = await readTable(`a,b,c\n${long}1\n1,2,3\n`)
    t.match(records.at(0), { trouble: { message: /^A quotation mark is out of place/ } })
    t.match(records.at(-1), { cells: { a: '1', b: '2', c: '3' } })
  },
)

t.test(
  'a loose quotation mark in every row costs each its own, however many there are',
  async (t) => {
    const rows = Array.from({ length: 20_000 }, (_, at) => (at % 2 ? `${at},"5" x,c` : `${at},b,c`))
    const { records } = await readTable(`a,b,c\n${rows.join('\n')}\n`)
    t.equal(records.filter(({ trouble }) => trouble).length, 10_000)
    t.equal(records.filter(({ trouble }) => !trouble).length, 10_000)
  },
)
