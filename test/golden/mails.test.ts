import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import t from 'tap'
import { mailsOfLanguages } from '../mails/samples.ts'

const folder = new URL('mails/', import.meta.url)

// After a change of words that is meant: WRITE_GOLDEN=1, then read the difference as whoever gets the mail would.
const write = process.env.WRITE_GOLDEN === '1' && !process.env.CI

t.test('every mail says word for word what it said', async (t) => {
  const mails = mailsOfLanguages()
  if (write) mkdirSync(folder, { recursive: true })
  for (const [name, { subject, text }] of mails) {
    const file = new URL(`${name}.txt`, folder)
    const words = `Subject: ${subject}\n\n${text}`
    if (write) writeFileSync(file, words)
    t.equal(existsSync(file) ? readFileSync(file, 'utf8') : undefined, words, name)
  }
  const names = [...mails.keys()].map((name) => `${name}.txt`)
  t.same(readdirSync(folder).sort(), names.sort(), 'no golden file without its mail')
})

t.test('a subject is seen whole in a list of mails: its own words take few places', (t) => {
  for (const [name, { subject }] of mailsOfLanguages()) {
    const own = subject.replace(/Northwind.*/, '')
    // A Chinese character is as wide as two Latin letters.
    const places = own.replace(/[\u2e80-\uffef]/g, 'xx').length
    t.ok(places <= 36, `${name}: ${own}`)
  }
  t.end()
})
