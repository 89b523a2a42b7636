import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import t, { type Test } from 'tap'
import { goldenDocuments } from './documents.ts'

const folder = new URL('files/', import.meta.url)

// After a change that is meant: WRITE_GOLDEN=1 npm test, then read the difference line by line before it is committed.
const write = process.env.WRITE_GOLDEN === '1' && !process.env.CI

t.test('every document is byte for byte what it was', async (t) => {
  const documents = await goldenDocuments(t as Test)
  if (write) mkdirSync(folder, { recursive: true })
  for (const [name, bytes] of documents) {
    const file = new URL(name, folder)
    if (write) writeFileSync(file, bytes)
    t.ok(existsSync(file) && readFileSync(file).equals(Buffer.from(bytes)), name)
  }
  t.same(readdirSync(folder).sort(), [...documents.keys()].sort(), 'no golden file without its document')
})
