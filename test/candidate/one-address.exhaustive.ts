import t, { type Test } from 'tap'
import { makeMailLink } from '../../src/actions/support/mail-links.ts'
import { identityHash } from '../../src/domain/people/identity-hash.ts'
import { shapeText, textOf } from '../../src/storage/credential-texts.ts'
import { splitJws } from '../conformance/served.ts'
import { sqliteDatabase } from '../help/databases.ts'
import { linkIn, mailsOf, runMails, startWithMail } from '../help/mails.ts'
import { openItems } from '../help/review.ts'
import { rest } from '../help/share.ts'
import { get, issue, passEvent, post, type Started } from '../help/start.ts'
import { visitor } from '../help/visitor.ts'
import { everything } from './arrive.ts'

type World = Awaited<ReturnType<typeof startWithMail>>
type Scene = { t: Test; blazon: World; written: string; other: string }

const key = 'sean@xn--bcher-kva.example'
/** As the mail server of the tests tells it; what goes over the wire is in `mails/international.exhaustive.ts`. */
const shown = 'sean@bücher.example'
const candidateOf = (email: string) => ({ id: 'C-1', fullName: 'Sean Bücher', email })
const arrived = (blazon: World) => blazon.inbox.mails.at(-1)

async function ask({ app, auth }: World, url: string, payload: object) {
  const answer = await app.inject({ method: 'POST', url, headers: auth, payload })
  if (answer.statusCode >= 300) throw new Error(answer.body)
}

async function signedIn(blazon: World, email: string) {
  const owner = visitor(blazon)
  const { url } = await makeMailLink(blazon.tools, { purpose: 'sign-in', email })
  await owner.get(url)
  await owner.send(new URL(url).pathname)
  return owner
}

/** Every way in which an address is compared: on record in one spelling, asked for in another. */
const comparisons: Record<string, (scene: Scene) => Promise<void>> = {
  'signing in by mail': async ({ t, blazon, written, other }) => {
    const { id } = await issue(blazon, { candidate: candidateOf(written), visibility: 'private' })
    const somebody = visitor(blazon)
    await somebody.get('/sign-in')
    await somebody.send('/sign-in', { email: other })
    await runMails(blazon)
    t.same(arrived(blazon)?.to, [shown])
    const link = linkIn(arrived(blazon)?.mail.text)
    t.match(link, '/sign-in/')
    await somebody.get(link)
    await somebody.send(new URL(link).pathname)
    t.equal((await somebody.get(`/my/badges/${id}`)).status, 200)
  },
  'the link of a claim, after the exam system has spelled the address otherwise': async (scene) => {
    const { t, blazon, written, other } = scene
    const { id } = await issue(blazon, { candidate: candidateOf(written), visibility: 'private' })
    await runMails(blazon)
    const link = linkIn(arrived(blazon)?.mail.text)
    await post(blazon, passEvent({ revision: 2, candidate: candidateOf(other) }))
    const somebody = visitor(blazon)
    await somebody.get(link)
    const { location } = await somebody.send(new URL(link).pathname, { answer: 'private' })
    t.equal(location, `/my/badges/${id}?done=claimed`)
  },
  'an address of one’s own, added once more': async ({ t, blazon, written, other }) => {
    await issue(blazon, { candidate: candidateOf(written) })
    const owner = await signedIn(blazon, written)
    await owner.get('/my/account')
    const again = await owner.send('/my/addresses', { email: other })
    t.match([again.status, again.body], [422, /yours already/])
  },
  'another address that was added: main, removed, and signed in by': async (scene) => {
    const { t, blazon, written, other } = scene
    const { id } = await issue(blazon, { visibility: 'private' })
    const owner = await signedIn(blazon, passEvent().candidate.email)
    await owner.get('/my/account')
    await owner.send('/my/addresses', { email: written })
    await runMails(blazon)
    t.same(arrived(blazon)?.to, [shown])
    const link = linkIn(arrived(blazon)?.mail.text)
    await owner.get(link)
    t.match((await owner.send(new URL(link).pathname)).location, 'address-added')
    t.equal((await (await signedIn(blazon, other)).get(`/my/badges/${id}`)).status, 200)
    for (const [what, email] of [
      ['main', other],
      ['main', passEvent().candidate.email],
      ['remove', other],
    ] as const) {
      await owner.get('/my/account')
      const { status } = await owner.send(`/my/addresses/${what}`, { email })
      t.equal(status, 303, `${what} ${email}`)
    }
    t.notMatch((await owner.get('/my/account')).body, /bücher|xn--/)
  },
  'two candidates who may be one person': async ({ t, blazon, written, other }) => {
    await issue(blazon, { candidate: candidateOf(written) })
    const second = { id: 'C-2', fullName: 'S. Buecher', email: other }
    await post(blazon, passEvent({ resultId: 'R-2', exam: 'PR000002', candidate: second }))
    t.match(await openItems(blazon), [{ kind: 'second-account', facts: { same: /address/ } }])
  },
  'a message that may be about somebody else': async ({ t, blazon, written, other }) => {
    await issue(blazon, { candidate: candidateOf(written) })
    const times = { startedAt: '2026-11-20T09:00:00+08:00', endedAt: '2026-11-20T10:00:00+08:00' }
    const candidate = { ...candidateOf(other), fullName: 'Li Na' }
    t.equal((await post(blazon, passEvent({ revision: 2, candidate, ...times }))).status, 200)
    t.same(await openItems(blazon), [])
  },
  'the hashes in Open Badges 2.0 and 3.0, of the ASCII form, in every form': async (scene) => {
    const { t, blazon, written } = scene
    const { links } = await issue(blazon, { candidate: candidateOf(written) })
    const body = async (address: string) => (await get(blazon, address)).body
    const credentials = [
      JSON.parse(await body(links.credential)),
      splitJws(await body(links.credentialJwt)).payload,
    ]
    for (const { credentialSubject } of credentials) {
      const [{ identityHash: hash, salt }] = credentialSubject.identifier
      t.equal(hash, identityHash(key, salt))
    }
    const assertion = splitJws(await body(links.assertionJws)).payload
    const hosted = (await get(blazon, new URL(assertion.id).pathname)).json()
    for (const { recipient } of [assertion, hosted].filter((each) => each.recipient))
      t.equal(recipient.identity, identityHash(key, recipient.salt))
    t.ok(assertion.recipient)
  },
  'an address that the exam system spells otherwise is no reason to sign again': async (scene) => {
    const { t, blazon, written, other } = scene
    const { links } = await issue(blazon, { candidate: candidateOf(written) })
    const before = (await get(blazon, links.credential)).body
    await post(blazon, passEvent({ revision: 2, score: '900', candidate: candidateOf(other) }))
    t.equal((await get(blazon, links.credential)).body, before)
  },
  'files for another address': async ({ t, blazon, written, other }) => {
    const { id } = await issue(blazon, { visibility: 'private' })
    const owner = await signedIn(blazon, passEvent().candidate.email)
    await owner.get(`/my/badges/${id}`)
    await owner.send(`/my/badges/${id}/claim`, { answer: 'public' })
    const { accountId } = await accountOf(blazon)
    await blazon.tools.db
      .insertInto('account_address')
      .values({ email: key, account_id: accountId, verified_at: blazon.clock.now(), main: 0 })
      .execute()
    for (const email of [written, other]) {
      await owner.get(`/my/badges/${id}/files`)
      const form = /name="form" value="([^"]*)"/.exec((await owner.get('/my/account')).body)?.[1]
      await owner.post(`/my/badges/${id}/addresses`, { form: form ?? '', email })
    }
    const made = await blazon.tools.db
      .selectFrom('credential')
      .select(['data_integrity', shapeText])
      .where('kind', '=', 'new-address')
      .execute()
    t.equal(made.length, 1, 'made once')
    const [{ identityHash: hash, salt }] = JSON.parse((made[0] && textOf(made[0])) ?? '')
      .credentialSubject.identifier
    t.equal(hash, identityHash(key, salt))
  },
  'an address that came back, and what operators are told of it': async (scene) => {
    const { t, blazon, written } = scene
    const { id } = await issue(blazon, { candidate: candidateOf(written), visibility: 'private' })
    await runMails(blazon)
    const messageId = arrived(blazon)?.mail.messageId ?? ''
    await ask(blazon, '/v1/mails/bounces', { messageId, status: '5.1.1' })
    t.match(await mailsOf(blazon, id), [{ state: 'bounced', email: shown }])
  },
  'how many links are mailed to an address': async ({ t, blazon, written, other }) => {
    await issue(blazon, { candidate: candidateOf(written), visibility: 'private' })
    await runMails(blazon)
    const before = blazon.inbox.mails.length
    for (let turn = 0; turn < 8; turn += 1) {
      const somebody = visitor(blazon)
      await somebody.get('/sign-in')
      await somebody.send('/sign-in', { email: turn % 2 === 0 ? written : other })
    }
    await runMails(blazon)
    t.equal(blazon.inbox.mails.length - before, 5)
  },
  'erasing a person, by an operator, and what is told of them again': async (scene) => {
    const { t, blazon, written, other } = scene
    await issue(blazon, { candidate: candidateOf(written), visibility: 'private' })
    await runMails(blazon)
    const somebody = visitor(blazon)
    await somebody.get('/sign-in')
    await somebody.send('/sign-in', { email: other })
    // A message about the result of another that names them by their address, spelled otherwise.
    const li = { id: 'C-9', fullName: 'Li Na', email: 'li.na@example.com' }
    const day = { startedAt: '2026-11-20T09:00:00+08:00', endedAt: '2026-11-20T10:00:00+08:00' }
    await post(blazon, passEvent({ resultId: 'R-9', exam: 'PR000002', candidate: li, ...day }))
    const told = { ...candidateOf(other), id: 'C-9', fullName: 'Sean Bücher' }
    const naming = passEvent({ resultId: 'R-9', exam: 'PR000002', revision: 2, candidate: told })
    t.equal((await post(blazon, naming)).status, 202)
    await ask(blazon, '/v1/candidates/webassessor/C-1/erase', { copies: 'keep' })
    const gone = async () => {
      const all = (await everything(blazon)).toLowerCase()
      for (const trace of [written, other, key]) t.notOk(all.includes(trace.toLowerCase()), trace)
    }
    await gone()
    const replay = { ...naming, candidate: { ...told, email: written } }
    await post(blazon, naming)
    await post(blazon, replay)
    await gone()
  },
}

async function accountOf({ tools }: Started) {
  const { id: accountId } = await tools.db
    .selectFrom('account')
    .select('id')
    .executeTakeFirstOrThrow()
  return { accountId }
}

const pairs = [
  ['sean@bücher.example', 'sean@xn--bcher-kva.example'],
  ['sean@XN--BCHER-KVA.example', 'Sean@BÜCHER.example'],
  ['sean@bu\u0308cher.example', 'sean@bücher．example'],
] as const

for (const [index, [written, other]] of pairs.entries())
  for (const [what, compare] of Object.entries(comparisons))
    (index === 0 ? t : rest(t)).test(
      `one address, however it is spelled: ${what}, ${written}, then ${other}`,
      async (t) => {
        const blazon = await startWithMail(t as Test, await sqliteDatabase(t as Test))
        await compare({ t: t as Test, blazon, written, other })
      },
    )
