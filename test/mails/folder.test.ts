import { createHash, createVerify, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'
import t, { type Test } from 'tap'
import { runJobs } from '../../src/main.ts'
import { onEachDatabase, sqliteDatabase } from '../help/databases.ts'
import { runMails, startWithMail } from '../help/mails.ts'
import { issue, start } from '../help/start.ts'

function temporary(t: Test) {
  const folder = mkdtempSync(join(tmpdir(), 'blazon-folder-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

onEachDatabase(
  t,
  'without a mail server each mail is a file that only its owner may read, whole or not there, and sending again changes nothing',
  async (t, database) => {
    const folder = join(temporary(t), 'new', 'mails')
    const blazon = await start(t, { database, settings: { MAIL_DIR: folder } })
    await issue(blazon, { visibility: 'private' })
    t.equal(await runMails(blazon), 1)
    const [name = '', ...more] = readdirSync(folder)
    t.same(more, [], 'nothing half written is left')
    t.match(name, /^[0-9a-f]{40}\.eml$/, 'its name tells nothing')
    t.equal(statSync(join(folder, name)).mode & 0o777, 0o600)
    t.equal(statSync(folder).mode & 0o777, 0o700)
    const mail = await simpleParser(readFileSync(join(folder, name)))
    t.match(mail, { subject: 'Your badge is ready: Northwind Cloud Practitioner' })
    t.equal(mail.messageId, `<${name.replace('.eml', '')}@badges.example.test>`)
    await blazon.tools.db.deleteFrom('mail').execute()
    await blazon.tools.db.updateTable('job').set({ state: 'waiting' }).execute()
    await runMails(blazon)
    t.same(
      readdirSync(folder).filter((each) => each === name),
      [name],
    )
  },
)

t.test(
  'a folder that cannot be written to makes the job wait, in words without secrets',
  async (t) => {
    const file = join(temporary(t as Test), 'file')
    writeFileSync(file, '')
    const database = await sqliteDatabase(t as Test)
    const blazon = await start(t as Test, { database, settings: { MAIL_DIR: file } })
    await issue(blazon, { visibility: 'private' })
    await runMails(blazon)
    const rows = await blazon.tools.db
      .selectFrom('job')
      .select(['state', 'last_error'])
      .where('key', 'like', '%:earned')
      .execute()
    t.match(rows, [
      { state: 'waiting', last_error: 'The folder of MAIL_DIR cannot be written to.' },
    ])
    t.notMatch(blazon.log.join(''), 'zhang')
  },
)

t.test('the log says once, at the start, where mails go when there is no server', async (t) => {
  const open = async (settings: Record<string, string>) => {
    const database = await sqliteDatabase(t as Test)
    const blazon = await start(t as Test, { database, keepOpen: true, settings })
    await (await runJobs(blazon)).close()
    return blazon.log.filter((line) => line.includes('SMTP_URL'))
  }
  const [line, ...more] = await open({ MAIL_DIR: '/nowhere/mails' })
  t.match(JSON.parse(line ?? '{}'), { folder: '/nowhere/mails' })
  t.same(more, [])
  t.same(await open({ SMTP_URL: 'smtp://user:secret@127.0.0.1:1' }), [])
})

t.test('MAIL_FROM says who sends; without a name it is the issuer’s', async (t) => {
  const senders: [string, string, string][] = [
    ['badges@example.org', 'Northwind Cloud Certification', 'badges@example.org'],
    ['北风 <badges@example.org>', '北风', 'badges@example.org'],
    ['"A, B" <a@example.org>', 'A, B', 'a@example.org'],
  ]
  for (const [setting, name, address] of senders) {
    const database = await sqliteDatabase(t as Test)
    const world = await startWithMail(t as Test, database, { settings: { MAIL_FROM: setting } })
    await issue(world)
    await runMails(world)
    const [arrived] = world.inbox.mails
    t.equal(arrived?.from, address)
    t.match(arrived?.mail.from, { value: [{ name, address }] })
    t.match(arrived?.mail.replyTo, { value: [{ address: 'certification@northwind.example' }] })
  }
})

t.test('a mail signed with DKIM verifies as RFC 6376 says', async (t) => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const file = join(temporary(t as Test), 'mail.pem')
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const world = await startWithMail(t as Test, await sqliteDatabase(t as Test), {
    settings: { MAIL_DKIM_KEY: file, MAIL_FROM: 'Issuer <badges@example.org>' },
  })
  await issue(world)
  await runMails(world)
  const raw = world.inbox.mails[0]?.raw ?? ''
  const end = raw.indexOf('\r\n\r\n')
  const fields = raw.slice(0, end).split(/\r\n(?![ \t])/)
  const relaxed = (field: string) => {
    const [, name = '', value = ''] = /^([^:]+):(.*)$/s.exec(field) ?? []
    const text = value.replace(/\r\n/g, '').replace(/[ \t]+/g, ' ')
    return `${name.trim().toLowerCase()}:${text.trim()}`
  }
  const signature = fields.find((field) => /^dkim-signature:/i.test(field)) ?? ''
  const tags = Object.fromEntries(
    signature
      .replace(/^[^:]+:/, '')
      .replace(/\s+/g, '')
      .split(';')
      .map((tag) => [tag.split('=')[0] ?? '', tag.slice(tag.indexOf('=') + 1)]),
  )
  t.match(tags, { d: 'example.org', s: 'blazon', a: 'rsa-sha256', c: 'relaxed/relaxed' })
  const lines = raw.slice(end + 4).split('\r\n')
  const body = `${lines
    .map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''))
    .join('\r\n')
    .replace(/(\r\n)+$/, '')}\r\n`
  t.equal(createHash('sha256').update(body).digest('base64'), tags.bh)
  const covered = (tags.h ?? '').split(':')
  const signed = covered.map((name) =>
    relaxed(fields.findLast((field) => field.toLowerCase().startsWith(`${name}:`)) ?? ''),
  )
  for (const name of ['from', 'to', 'subject', 'message-id', 'date']) t.ok(covered.includes(name))
  const own = relaxed(signature).replace(/\bb=[^;]*$/, 'b=')
  const verify = createVerify('RSA-SHA256').update([...signed, own].join('\r\n'))
  t.ok(verify.verify(publicKey, tags.b ?? '', 'base64'))
})

t.test('a DKIM key that cannot sign is refused at the start, in words', async (t) => {
  const folder = temporary(t as Test)
  const pem = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const { privateKey } = generateKeyPairSync('ed25519')
  const ed25519 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  for (const file of [join(folder, 'none'), pem('text', 'no key'), pem('ed', ed25519)]) {
    const database = await sqliteDatabase(t as Test)
    await t.rejects(start(t as Test, { database, settings: { MAIL_DKIM_KEY: file } }), {
      message: /^MAIL_DKIM_KEY names .* openssl genrsa/,
    })
  }
})
