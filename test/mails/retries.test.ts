import type { SMTPServerOptions } from 'smtp-server'
import t, { type Test } from 'tap'
import { sendMail } from '../../src/actions/mailing/send-mail.ts'
import type { Tools } from '../../src/actions/tools/tools.ts'
import type { Mailer } from '../../src/mails/mailer.ts'
import { addAccount, addAddress } from '../../src/storage/accounts/accounts.ts'
import { setOwner } from '../../src/storage/badges/holder-badges.ts'
import { type Fuse, statements } from '../crash/faults.ts'
import { type Database, onEachDatabase } from '../help/databases.ts'
import { mailsOf, runMails } from '../help/mails.ts'
import { type Inbox, inbox, refusal } from '../help/smtp.ts'
import { clockAt, issue, type Started, start } from '../help/start.ts'
import { asTx } from '../help/transaction.ts'

async function startWith(t: Test, database: Database, options: SMTPServerOptions) {
  const server = await inbox(t, options)
  const clock = clockAt('2026-11-22T04:00:00.000Z')
  const blazon = await start(t, { database, clock, settings: { SMTP_URL: server.url } })
  const badge = await issue(blazon, { visibility: 'private' })
  return { blazon, server, clock, badge }
}

const jobOf = ({ tools }: Started, id: string) =>
  tools.db
    .selectFrom('job')
    .select(['state', 'run_at', 'last_error'])
    .where('key', '=', `mail:${id}:earned`)
    .executeTakeFirstOrThrow()

onEachDatabase(
  t,
  'a mail that the server takes later is tried again by the job, and sent once',
  async (t, database) => {
    let asked = 0
    const { blazon, server, clock, badge } = await startWith(t, database, {
      onRcptTo: (_address, _session, done) => {
        asked += 1
        done(asked === 1 ? refusal(451, '4.7.1 <zhang.wei@example.com> is greylisted') : null)
      },
    })
    await runMails(blazon)
    t.equal(server.mails.length, 0)
    t.match(await mailsOf(blazon, badge.id), [{ kind: 'earned', state: 'failed' }])
    t.match(await jobOf(blazon, badge.id), {
      state: 'waiting',
      run_at: '2026-11-22T04:00:10.000Z',
      last_error: 'The mail server did not take the mail (451 after RCPT TO).',
    })
    t.equal(await runMails(blazon), 0, 'not at once')
    clock.set('2026-11-22T04:00:10.000Z')
    await runMails(blazon)
    t.equal(server.mails.length, 1)
    t.match(await mailsOf(blazon, badge.id), [{ kind: 'earned', state: 'sent' }])
    t.match(await jobOf(blazon, badge.id), { state: 'done', last_error: null })
    t.notMatch(blazon.log.join(''), 'zhang')
  },
)

onEachDatabase(
  t,
  'an address that is refused for good is on record as bounced, and is not tried again',
  async (t, database) => {
    const { blazon, clock, badge } = await startWith(t, database, {
      onRcptTo: (_address, _session, done) => done(refusal(550, '5.1.1 no such user')),
    })
    await runMails(blazon)
    const [mail] = await mailsOf(blazon, badge.id)
    t.match(mail, { state: 'bounced', bouncedAt: clock.now(), answer: '550 5.1.1 no such user' })
    t.equal((await jobOf(blazon, badge.id)).state, 'done')
  },
)

onEachDatabase(
  t,
  'a connection that breaks inside the mail is tried again, under the same Message-ID',
  async (t, database) => {
    const seen: string[] = []
    const { blazon, server, clock, badge } = await startWith(t, database, {})
    const drop = await inbox(t, {
      onData: (stream) => {
        stream.once('data', (chunk: Buffer) => {
          seen.push(/^Message-ID: (\S+)/im.exec(chunk.toString())?.[1] ?? '')
          void drop.close()
          stream.destroy()
        })
      },
      closeTimeout: 1,
    })
    await viaServer(t, blazon, drop)
    await runMails(blazon)
    t.match(await mailsOf(blazon, badge.id), [{ state: 'failed' }])
    await viaServer(t, blazon, server)
    clock.set('2026-11-22T04:00:10.000Z')
    await runMails(blazon)
    t.same(
      server.mails.map(({ mail }) => mail.messageId),
      seen,
    )
  },
)

/** The same Blazon, with another server to mail to. */
async function viaServer(t: Test, { tools }: Started, { url }: Inbox) {
  const { makeMailer } = await import('../../src/mails/mailer.ts')
  const settings = { smtpUrl: url, mailFrom: '', mailDir: '/nowhere' }
  tools.mailer = makeMailer(settings, { silence: 1000, mail: 3000 })
  t.teardown(() => tools.mailer.close())
}

onEachDatabase(
  t,
  'where one of two addresses fails, the other gets its mail, and only the first is tried again',
  async (t, database) => {
    let broken = false
    const { blazon, server, clock, badge } = await startWith(t, database, {
      onRcptTo: ({ address }, _session, done) =>
        done(broken && address === 'zhang.wei@example.com' ? refusal(451, '4.2.1 later') : null),
    })
    await runMails(blazon)
    broken = true
    const { db } = blazon.tools
    const at = clock.now()
    await addAccount(asTx(db), 'account-1', at)
    for (const [email, main] of [
      ['zhang.wei@example.com', true],
      ['zw@example.net', false],
    ] as const)
      await addAddress(asTx(db), 'account-1', { email, verifiedAt: at, main })
    await setOwner(asTx(db), badge.id, { accountId: 'account-1', claimedAt: at, declinedAt: null })
    clock.set('2028-11-22T01:00:00.000Z')
    await runMails(blazon)
    const last = () => server.mails.slice(1).map(({ to }) => to[0])
    t.same(last(), ['zw@example.net'])
    broken = false
    clock.set('2028-11-22T01:00:10.000Z')
    await runMails(blazon)
    t.same(last().toSorted(), ['zhang.wei@example.com', 'zw@example.net'])
  },
)

onEachDatabase(
  t,
  'a crash at any step of sending ends with the mail sent: again only if the server had it and nobody could note that, and then under its id',
  async (t, database) => {
    const { blazon, server, badge } = await startWith(t, database, {})
    const job = { key: `mail:${badge.id}:earned`, payload: { badge: badge.id, kind: 'earned' } }
    let rounds = 0
    for (let done = false; !done; rounds += 1) {
      const fuse: Fuse = { steps: 0, at: rounds + 1, names: [] }
      const before = server.mails.length
      const dying: Tools = {
        ...blazon.tools,
        db: blazon.tools.db.withPlugin(statements(fuse)),
        mailer: counted(blazon.tools.mailer, fuse),
      }
      const fine = await sendMail(dying, job).then(
        () => true,
        () => false,
      )
      done = fine
      const went = server.mails.length - before
      const [kept] = await mailsOf(blazon, badge.id)
      if (kept) t.equal(kept.state, 'sent', `step ${rounds}: what is on record was sent`)
      t.ok(went <= 1, `step ${rounds}: no try sends two`)
    }
    t.ok(rounds > 10, `died at ${rounds - 1} steps`)
    t.ok(server.mails.length > 1, 'some deaths were after the server had it')
    t.equal(new Set(server.mails.map(({ mail }) => mail.messageId)).size, 1)
    const sent = server.mails.length
    await sendMail(blazon.tools, job)
    t.equal(server.mails.length, sent, 'once it is on record, it is not sent again')
  },
)

/** Dies before a mail is handed over, or after. */
function counted(mailer: Mailer, fuse: Fuse): Mailer {
  const step = (name: string) => {
    fuse.steps += 1
    fuse.names.push(name)
    if (fuse.steps >= fuse.at) throw new Error(`died ${name}`)
  }
  return {
    ...mailer,
    send: async (...mail) => {
      step('before a mail')
      const handed = await mailer.send(...mail)
      step('after a mail')
      return handed
    },
  }
}
