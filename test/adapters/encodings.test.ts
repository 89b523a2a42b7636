import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { bodyText } from '../../src/storage/results/results.ts'
import { adaptersExample, start } from '../help/start.ts'

// 𠮷田 in GB 18030 and 田中 in Shift_JIS.
const gb18030 = Buffer.from([0x95, 0x34, 0xb2, 0x35, 0xcc, 0xef])
const shiftJis = Buffer.from([0x93, 0x63, 0x92, 0x86])
const table: [type: string, name: Buffer, read: string][] = [
  ['text/csv', gb18030, '𠮷田'],
  ['text/csv; charset=utf-8', gb18030, '𠮷田'], // senders put that on everything
  ['text/csv; charset="Shift_JIS"', shiftJis, '田中'],
]

t.test(
  'the encoding of a mapping file counts, unless the content type names another',
  async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'blazon-encoding-'))
    t.teardown(() => rmSync(folder, { recursive: true, force: true }))
    const file = join(folder, 'pearson-vue.json')
    cpSync(join(adaptersExample, 'pearson-vue.json'), file)
    const mapping = JSON.parse(readFileSync(file, 'utf8'))
    writeFileSync(file, JSON.stringify({ ...mapping, encoding: 'gb18030' }))
    const { app, auth, tools } = await start(t, { settings: { ADAPTERS_DIR: folder } })
    const sample = readFileSync(join(adaptersExample, 'samples/pearson-vue.csv'), 'utf8')
    const [header = '', row = ''] = sample.split(/\r?\n/)
    const [before = '', after = ''] = row.split('张伟')
    for (const [at, [type, name, read]] of table.entries()) {
      const id = `R-${at}`
      const start = `${header}\n${before.replace('410000123', id)}`
      const payload = Buffer.concat([Buffer.from(start), name, Buffer.from(`${after}\n`)])
      const headers = { ...auth, 'content-type': type }
      await app.inject({ method: 'POST', url: '/v1/adapters/pearson-vue/files', headers, payload })
      const kept = tools.db.selectFrom('result').where('result_id', '=', id).select(bodyText)
      const { body = '{}' } = (await kept.executeTakeFirst()) ?? {}
      t.equal(JSON.parse(body).candidate?.fullName, read, type)
    }
  },
)
