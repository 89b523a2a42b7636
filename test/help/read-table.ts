import { readCsv } from '../../src/adapters/csv.ts'
import { wholeText } from '../../src/adapters/text-window.ts'

/** A CSV text as a table with all its records. */
export async function readTable(text: string) {
  const { columns, records } = await readCsv(wholeText(text))
  return { columns, records: await Array.fromAsync(records) }
}
