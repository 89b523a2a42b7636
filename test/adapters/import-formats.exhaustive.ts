import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { command } from '../help/command.ts'
import {
  adaptersExample,
  examplesProgramme,
  passEvent,
  testKeys,
  withAdapters,
} from '../help/start.ts'

const names =
  'Client Candidate ID,Registration ID,Exam Series Code,Exam Start,Exam End,Grade,Score,Status,Name On ID,Email Address,Site'
const [before = '', after = ''] = [
  names,
  'K-1,G1,NWP-C01,20-Nov-2026 09:00,20-Nov-2026 10:12,pass,812,RELEASED,@@,k1@example.com,50213\r\n',
]
  .join('\r\n')
  .split('@@')
const within = (name: Buffer) => Buffer.concat([Buffer.from(before), name, Buffer.from(after)])
const gb18030 = Buffer.from([0x95, 0x34, 0xb2, 0x35, 0xcc, 0xef])
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')

t.test(
  'import reads encodings, names in any case and content, and tells files that hold nothing',
  async (t) => {
    const dir = mkdtempSync(join(tmpdir(), 'blazon-damaged-'))
    t.teardown(() => rmSync(dir, { recursive: true, force: true }))
    const settings = {
      DATABASE_URL: `sqlite:${join(dir, 'blazon.db')}`,
      KEYS_DIR: testKeys,
      PROGRAMME_FILE: examplesProgramme,
      ADAPTERS_DIR: adaptersExample,
      ADAPTER_TOKENS: withAdapters.ADAPTER_TOKENS,
    }
    const past = { startedAt: '2026-11-20T09:00:00Z', endedAt: '2026-11-20T10:00:00Z' }
    const line = JSON.stringify(passEvent(past))
    const vue = ['--adapter', 'pearson-vue']
    const cases: [name: string, bytes: string | Buffer, args: string[], says: RegExp][] = [
      ['gb.csv', within(gb18030), [...vue, '--encoding', 'gb18030'], /1 row: 1 accepted/],
      ['gb2.csv', within(gb18030), vue, /looks like GB18030/],
      ['gb3.csv', within(gb18030), [...vue, '--encoding', 'klingon'], /klingon is not an encoding/],
      ['a.JSONL', line, [], /1 row: 1 accepted/],
      ['b.NDJSON', `\ufeff${line}\r\n`, [], /1 row: 0 accepted, 1 replayed/],
      ['c.txt', line, [], /1 row: 0 accepted, 1 replayed/],
      ['d.json', JSON.stringify(JSON.parse(line), null, 2), [], /1 row: 0 accepted, 1 replayed/],
      ['e.ndjson', utf16(`${line}\r\n`), [], /1 row: 0 accepted, 1 replayed/],
      ['f.json', `[${line},\n${line}]`, [], /This is a JSON array; send one object a line/],
      ['g.jsonl', `[${line}]`, [], /This is a JSON array/],
      ['h.csv', line, [], /looks like JSON, and its name says CSV/],
      ['i.csv', `${names}\n`, vue, /i\.csv has no rows/],
      ['j.csv', '', vue, /j\.csv has no rows/],
      ['k.ndjson', '\n', [], /k\.ndjson has no rows/],
    ]
    for (const [name, bytes, args, says] of cases) {
      writeFileSync(join(dir, name), bytes)
      const { code, out, err } = await command(
        'commands/import.ts',
        [join(dir, name), ...args],
        settings,
      )
      t.match(out + err, says, name)
      t.equal(code, /\d+ row/.test(says.source) ? 0 : 1, name)
      t.notMatch(err, /\n {4}at /, 'no stack')
    }
  },
)
