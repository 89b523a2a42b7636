import { randomBytes } from 'node:crypto'
import t from 'tap'
import { shapedText } from '../../src/credentials/shaped-text.ts'
import { keptRecipient, keptText, recipientOf, textOf } from '../../src/storage/credential-texts.ts'
import { onEachDatabase } from '../help/databases.ts'
import { passEvent, post, start } from '../help/start.ts'

const plain = ['Zoë', '张伟', '{},[]:', '\u2028', '😀', 'name', '']
const hostile = [...plain, '"', '\\', '\n', '\u0000', '","', '["', '"},{"']
const any = (words: string[]) =>
  [...randomBytes(4)].map((byte) => words[byte % words.length]).join('')

const document = (words: string[]) => ({
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  id: any(words),
  name: 'A "quoted" name\n of the achievement, ["with","all"]',
  validFrom: any(words),
  credentialSubject: {
    id: any(words),
    identifier: [{ identityHash: any(words), salt: any(words) }],
    licenseNumber: any(words),
    achievement: { id: 'https://badges.example.test/a', description: '' },
    result: [{ value: any(words) }],
  },
  proof: [{ type: 'DataIntegrityProof', created: any(words), proofValue: any(words) }],
})

t.test('the parts of a text are the text again, byte for byte', async (t) => {
  let parted = 0
  for (let each = 0; each < 20_000; each += 1) {
    const bytes = JSON.stringify(document(each % 2 ? plain : hostile))
    const shaped = shapedText(bytes)
    const { data_integrity, shape } = keptText({ bytes, shaped })
    const text = textOf({ data_integrity, shape_text: shaped?.shape ?? null })
    if (text !== bytes) return t.equal(text, bytes)
    if (!shape) continue
    parted += 1
    t.notMatch(shaped?.shape, /Zoë|张伟|😀/, 'a shape has nothing of a person')
  }
  t.ok(parted >= 10_000, `${parted} texts were parted`)
})

t.test('a text that has the mark of a value of its own stays whole', async (t) => {
  t.equal(shapedText(JSON.stringify({ ...document(plain), name: '\u0000' })), undefined)
})

t.test('a recipient is kept beside a text only where the text does not have it', async (t) => {
  const recipient = {
    hash: `sha256$${randomBytes(32).toString('hex')}`,
    salt: randomBytes(16).toString('hex'),
  }
  const other = { ...recipient, salt: randomBytes(16).toString('hex') }
  const textFor = ({ hash, salt }: typeof recipient) => {
    const { credentialSubject, ...rest } = document(plain)
    const identifier = [{ identityHash: hash, salt }]
    const bytes = JSON.stringify({
      ...rest,
      credentialSubject: { ...credentialSubject, identifier },
    })
    return { bytes, shaped: shapedText(bytes) }
  }
  const signed = textFor(recipient)
  const whole = { ...signed, shaped: undefined }
  const among = textFor({ hash: `"${recipient.hash}","${recipient.salt}"`, salt: 'x' })
  const nobody = { recipient_hash: null, recipient_salt: null }
  for (const { text, of, beside } of [
    { text: keptText(signed), of: recipient, beside: false },
    { text: keptText(signed), of: other, beside: true },
    { text: keptText(whole), of: recipient, beside: true },
    { text: keptText(whole), of: null, beside: false },
    { text: keptText(among), of: null, beside: false },
    { text: { data_integrity: null, shape: null }, of: recipient, beside: true },
  ]) {
    const columns = keptRecipient(of, text)
    t.equal(columns.recipient_hash !== null, beside)
    if (!beside) t.same(columns, nobody)
    t.same(recipientOf({ ...text, ...columns, shape_text: text.shape && 'the shape' }), of)
  }
})

onEachDatabase(t, 'credentials of one achievement have one shape', async (t, database) => {
  const blazon = await start(t, { database })
  const { db } = blazon.tools
  const people = ['Zhang Wei', 'Anna "the first" Öz', 'Ó Briain', 'Xq Zw']
  for (const [at, fullName] of people.entries()) {
    const event = passEvent({ resultId: `R-${at}`, score: String(830 + at) })
    const candidate = {
      ...event.candidate,
      id: `Candidate-${at}`,
      fullName,
      email: `c${at}@example.com`,
    }
    t.equal((await post(blazon, { ...event, candidate })).status, 201)
  }
  const rows = await db.selectFrom('credential').selectAll().execute()
  t.equal(rows.length, people.length)
  t.equal(new Set(rows.map(({ shape }) => shape)).size, 1)
  for (const { data_integrity, recipient_hash } of rows) {
    t.ok((data_integrity ?? '').length < 800)
    t.equal(recipient_hash, null, 'the text has it')
  }
  const [shape, ...others] = await db.selectFrom('credential_shape').selectAll().execute()
  t.same(others, [])
  for (const [at, name] of people.entries())
    t.notMatch(shape?.text, new RegExp(`${name}|Candidate-${at}|83${at}|@example.com`))
})
