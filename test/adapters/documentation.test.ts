import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t, { type Test } from 'tap'
import { mapRecord } from '../../src/adapters/map.ts'
import { nativeColumns } from '../../src/adapters/native-csv.ts'
import { readPage } from '../../src/adapters/poll-shapes.ts'
import { adaptersExample, start, withAdapters } from '../help/start.ts'

const root = resolve(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/adapters.md'), 'utf8')
const read = (name: string) => readFileSync(join(root, name), 'utf8')

/** What the page shows of a file: the block after the line that names it. */
const blocks = [
  ...page.matchAll(/(From )?`(adapters\.example\/[\w./-]+)`:\n```(json|csv)\n([\s\S]*?)```/g),
].map(([, part, file = '', kind, text = '']) => ({ part: part !== undefined, file, kind, text }))

t.test('what the page shows of the sample files is what they hold', async (t) => {
  t.same(
    blocks.map(({ file }) => file.replace('adapters.example/', '')),
    [
      'psi.json',
      'samples/psi-result.json',
      'pearson-vue.json',
      'samples/pearson-vue.csv',
      'samples/xapi-passed.json',
      'kryterion.json',
    ],
  )
  for (const { part, file, kind, text } of blocks)
    if (kind === 'csv') t.equal(text, read(file), file)
    else if (part) t.has(JSON.parse(read(file)), JSON.parse(text), file)
    else t.same(JSON.parse(text), JSON.parse(read(file)), file)
})

t.test('every file that the page names is there, and every sample is named', async (t) => {
  for (const [name] of page.matchAll(/adapters\.example\/[\w-]+(?:\/[\w-]+)*\.\w+/g))
    t.ok(read(name).length > 0, name)
  const unnamed = readdirSync(join(adaptersExample, 'samples')).filter(
    (name) => !page.includes(name),
  )
  t.same(unnamed, [])
})

t.test('the page names every column of our own CSV, those that are needed apart', async (t) => {
  const names = (text: string) =>
    [...(text.match(/`([\w.]+)`/g) ?? [])].map((name) => name.slice(1, -1)).toSorted()
  const [, needed = '', others = ''] =
    /^- Required: ([\s\S]*?)^- Optional: ([\s\S]*?)\n\n/m.exec(page) ?? []
  const expected = (wanted: boolean) =>
    nativeColumns
      .filter(({ needed }) => needed === wanted)
      .map(({ name }) => name)
      .toSorted()
  t.same(names(needed), expected(true))
  t.same(names(others), expected(false))
})

t.test('the file of the page is answered with the report of the page', async (t) => {
  const blazon = await start(t as Test)
  const [, csv = '', report = ''] =
    /```csv\n(source,[\s\S]*?)```[\s\S]*?```json\n([\s\S]*?)```/.exec(page) ?? []
  const answer = await blazon.app.inject({
    method: 'POST',
    url: '/v1/exam-results',
    headers: { accept: 'application/json', ...blazon.auth, 'content-type': 'text/csv' },
    payload: csv,
  })
  t.same(answer.json(), JSON.parse(report))
})

t.test(
  'the sample pages of vendors that are polled are read whole by their mapping files',
  async (t) => {
    const { tools } = await start(t as Test, { settings: withAdapters })
    for (const name of ['kryterion', 'certiverse']) {
      const mapping = tools.adapters.get(name)?.mapping
      if (!mapping?.poll) throw new Error(name)
      const sample = JSON.parse(read(`adapters.example/samples/${name}-page.json`))
      const { records } = readPage({ ...mapping, poll: mapping.poll }, null, sample)
      t.equal(records.length, 2)
      for (const record of records)
        t.notOk(mapRecord(mapping, record, { row: 1, now: tools.now() }).mistakes, name)
    }
  },
)
