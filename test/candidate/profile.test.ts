import { strFromU8, unzipSync } from 'fflate'
import t, { type Test } from 'tap'
import { eraseAccount } from '../../src/actions/holders/erase-account.ts'
import { proveAddress } from '../../src/actions/holders/holder-addresses.ts'
import { prune } from '../../src/actions/operating/prune-jobs.ts'
import { makeMailLink } from '../../src/actions/support/mail-links.ts'
import { onEachDatabase } from '../help/databases.ts'
import { owner, profile } from '../help/profile.ts'
import { get, issue, passEvent, type Started, start } from '../help/start.ts'
import { visitor } from '../help/visitor.ts'
import { arrive, everything } from './arrive.ts'

/** Somebody's browser, signed in. */
async function browser(blazon: Started, email: string, badges: { id: string }[] = []) {
  const own = await owner(blazon, email, badges)
  const seen = visitor(blazon)
  seen.cookies.set('__Host-blazon-session', own.secret)
  const save = async (fields: Record<string, string>) => {
    await seen.get('/my/account')
    return seen.send('/my/profile', { nameDisplay: 'hidden', ...fields })
  }
  return { ...own, seen, save }
}

const status = async (blazon: Started, handle: string) =>
  (await get(blazon, `/u/${handle}`)).statusCode

onEachDatabase(
  t,
  'there is no profile until somebody asks for one; it is where they say, under the name that they say, and is off when they say',
  async (t, database) => {
    const blazon = await start(t, { database })
    const badge = await issue(blazon)
    const { seen, save } = await browser(blazon, passEvent().candidate.email, [badge])
    t.match((await seen.get('/my/account')).body, 'name="shown"><strong>Show my profile')
    t.equal(await status(blazon, 'zhang-wei'), 404)
    const saved = await save({ handle: ' Zhang-Wei ', shown: 'on', nameDisplay: 'full' })
    t.same([saved.status, saved.location], [303, '/my/account?done=profile#profile'])
    const page = await get(blazon, '/u/zhang-wei')
    t.equal(page.statusCode, 200)
    t.match(page.body, '<h1><bdi>张伟</bdi></h1>')
    t.match(page.body, new RegExp(new URL(badge.links.page).pathname))
    t.match(
      page.body,
      /<link rel="alternate" type="application\/feed\+json" href="https:\/\/badges\.example\.test\/u\/zhang-wei\/feed\.json"/,
    )
    const account = (await seen.get('/my/account')).body
    t.match(account, 'href="/u/zhang-wei">https://badges.example.test/u/zhang-wei</a>')
    await save({ handle: 'zhang-wei', nameDisplay: 'full' })
    t.equal(await status(blazon, 'zhang-wei'), 404, 'switched off')
    await save({ handle: 'zhang-wei', shown: 'on' })
    t.equal(await status(blazon, 'zhang-wei'), 200, 'and on again')
    const feed = await get(blazon, '/u/zhang-wei/feed.json')
    t.equal(feed.headers['content-type'], 'application/feed+json; charset=utf-8')
    t.match(feed.json(), {
      version: 'https://jsonfeed.org/version/1.1',
      home_page_url: 'https://badges.example.test/u/zhang-wei',
      items: [
        {
          id: badge.links.page,
          title: 'Northwind Cloud Practitioner',
          date_published: badge ? /^2026-11-22T/ : '',
        },
      ],
    })
  },
)

onEachDatabase(
  t,
  'a handle that is not one, is taken, reserved or missing is refused in words, and nothing changes',
  async (t, database) => {
    const blazon = await start(t, { database })
    const other = await owner(blazon, 'other@example.com')
    await profile(blazon, other.accountId, { handle: 'taken', shown: false })
    const { save, seen } = await browser(blazon, 'me@example.com')
    await save({ handle: 'me-myself', shown: 'on' })
    const before = await everything(blazon)
    const form = 'The address of your profile needs 3 to 30 small letters'
    const refused = {
      'Choose an address for your profile first': [''],
      [form]: [
        'ab',
        'a'.repeat(31),
        'a_b',
        '-abc',
        'abc-',
        'a--b',
        'a b c',
        '张伟伟',
        'a/b/c',
        'abc\u0000',
      ],
      'This address is not free': ['taken', 'admin', 'directory', 'none'],
    }
    for (const [says, handles] of Object.entries(refused))
      for (const handle of handles) {
        const { status, body } = await seen.post('/my/profile', {
          form: /name="form" value="([^"]*)"/.exec((await seen.get('/my/account')).body)?.[1] ?? '',
          handle,
          shown: 'on',
          nameDisplay: 'full',
        })
        if (status === 429) break // how often one may ask is held to by another test
        t.equal(status, 422, handle)
        t.match(body, `<p>${says}`, handle)
      }
    t.equal(await everything(blazon), before)
    t.equal(await status(blazon, 'me-myself'), 200)
  },
)

t.test('whoever asks for handle after handle is asked to wait', async (t) => {
  const blazon = await start(t as Test)
  const { save } = await browser(blazon, 'me@example.com')
  const answers = []
  for (let count = 0; count < 21; count += 1) answers.push((await save({ handle: 'admin' })).status)
  t.same(answers, [...Array(20).fill(422), 429])
})

onEachDatabase(
  t,
  'a handle that is given up answers no more, is nobody else’s for 90 days, and can be taken back by whoever had it',
  async (t, database) => {
    const blazon = await start(t, { database })
    const me = await owner(blazon, 'me@example.com')
    const other = await owner(blazon, 'other@example.com')
    const takes = (who: typeof me, handle: string, shown = true) =>
      profile(blazon, who.accountId, { handle, shown }).then(
        () => true,
        (error) => {
          t.match(error, {
            kind: 'conflict',
            message: 'This address is not free. Choose another one.',
          })
          return false
        },
      )
    t.ok(await takes(me, 'first'))
    t.notOk(await takes(other, 'first'))
    t.ok(await takes(me, 'second'))
    t.equal(await status(blazon, 'first'), 404)
    t.notOk(await takes(other, 'first'), 'it rests')
    t.ok(await takes(me, 'first'), 'taken back')
    t.ok(await takes(me, '', false), 'given up')
    t.equal(await status(blazon, 'first'), 404)
    blazon.clock.set('2027-02-20T03:59:59.000Z')
    await prune(blazon.tools)
    t.notOk(await takes(other, 'first'), 'on the 90th day')
    blazon.clock.set('2027-02-20T04:00:00.000Z')
    t.ok(await takes(other, 'first'), 'after 90 days')
    await prune(blazon.tools)
    t.same(await blazon.tools.db.selectFrom('former_handle').selectAll().execute(), [])
  },
)

onEachDatabase(t, 'of two who want a handle at once, one has it', async (t, database) => {
  const blazon = await start(t, { database })
  const people = []
  for (let at = 0; at < 8; at += 1) people.push(await owner(blazon, `${at}@example.com`))
  const all = await Promise.allSettled(people.map(({ accountId }) => profile(blazon, accountId)))
  t.equal(all.filter((each) => each.status === 'fulfilled').length, 1)
  t.equal(await status(blazon, 'wilhelmina'), 200)
})

onEachDatabase(
  t,
  'the profile is in the export, goes with the account, and leaves no trace of its handle, which is nobody’s for 90 days; no badge’s history knows of it',
  async (t, database) => {
    const blazon = await start(t, { database })
    const { accountId, badge } = await arrive(blazon)
    const { seen } = await browser(blazon, 'wilhelmina@example.com')
    const history = async () =>
      (await blazon.app.inject({ url: `/v1/badges/${badge.id}/history`, headers: blazon.auth }))
        .body
    const before = await history()
    await profile(blazon, accountId, { handle: 'old-vandersloot' })
    await profile(blazon, accountId, {
      handle: 'wilhelmina',
      nameDisplay: 'full',
      discoverable: true,
    })
    t.equal(await history(), before)
    const zip = unzipSync((await seen.get('/my/export')).bytes)
    t.match(JSON.parse(strFromU8(zip['account.json'] ?? new Uint8Array())), {
      profile: { handle: 'wilhelmina', shown: true, nameDisplay: 'full', discoverable: true },
      formerHandles: [{ handle: 'old-vandersloot', until: '2027-02-20T04:00:00.000Z' }],
    })
    t.match(await everything(blazon), /old-vandersloot[\s\S]*"wilhelmina"/)
    await eraseAccount(blazon.tools, { accountId, copies: 'keep' })
    const left = await everything(blazon)
    for (const word of ['wilhelmina', 'vandersloot', '王小明']) t.notOk(left.includes(word), word)
    const other = await owner(blazon, 'other@example.com')
    for (const handle of ['wilhelmina', 'old-vandersloot']) {
      t.equal(await status(blazon, handle), 404)
      await t.rejects(profile(blazon, other.accountId, { handle }), /not free/)
    }
    blazon.clock.set('2027-02-20T04:00:00.000Z')
    await profile(blazon, other.accountId, { handle: 'wilhelmina' })
  },
)

onEachDatabase(
  t,
  'when two accounts become one, its profile stays, or else the other’s does',
  async (t, database) => {
    const blazon = await start(t, { database })
    const join = async (into: string, email: string) => {
      const { url } = await makeMailLink(blazon.tools, {
        purpose: 'address',
        email,
        accountId: into,
      })
      return proveAddress(blazon.tools, { accountId: into, secret: url.split('/').at(-1) ?? '' })
    }
    const me = await owner(blazon, 'me@example.com')
    const second = await owner(blazon, 'second@example.com')
    await profile(blazon, second.accountId, { handle: 'old-of-second' })
    await profile(blazon, second.accountId, { handle: 'of-second' })
    t.equal(await join(me.accountId, 'second@example.com'), 'added')
    t.equal(await status(blazon, 'of-second'), 404, 'it moved, and waits for its owner to show it')
    await profile(blazon, me.accountId, { handle: 'of-second' })
    t.equal(await status(blazon, 'of-second'), 200)
    const third = await owner(blazon, 'third@example.com')
    await profile(blazon, third.accountId, { handle: 'of-third' })
    t.equal(await join(me.accountId, 'third@example.com'), 'added')
    t.equal(await status(blazon, 'of-second'), 200)
    t.equal(await status(blazon, 'of-third'), 404)
    const other = await owner(blazon, 'other@example.com')
    for (const handle of ['of-third', 'old-of-second'])
      await t.rejects(profile(blazon, other.accountId, { handle }), /not free/)
    await profile(blazon, me.accountId, { handle: 'of-third' })
  },
)
