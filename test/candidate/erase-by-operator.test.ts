import t, { type Test } from 'tap'
import type { SentResult } from '../../schemas/exam-result.ts'
import { eraseAccount } from '../../src/actions/holders/erase-account.ts'
import { openSession } from '../../src/actions/holders/sign-in.ts'
import { acceptExamResult } from '../../src/actions/intake/accept-exam-result.ts'
import { requestSignIn } from '../../src/actions/mailing/request-links.ts'
import { onEachDatabase } from '../help/databases.ts'
import { runMails } from '../help/mails.ts'
import { decide, openItems } from '../help/review.ts'
import { get, issue, passEvent, post, type Started, start } from '../help/start.ts'
import { asTxTools } from '../help/transaction.ts'
import { arrive, candidate, everything, secrets } from './arrive.ts'

const erase = async ({ app, auth }: Started, id: string, payload: object = { copies: 'keep' }) => {
  const url = `/v1/candidates/webassessor/${id}/erase`
  const answer = await app.inject({ method: 'POST', url, headers: auth, payload })
  return { status: answer.statusCode, body: answer.json() }
}

const merge = ({ app, auth }: Started, into: string, from: string) =>
  app.inject({
    method: 'POST',
    url: '/v1/candidates/merge',
    headers: auth,
    payload: {
      into: { source: 'webassessor', id: into },
      from: { source: 'webassessor', id: from },
    },
  })

onEachDatabase(
  t,
  'an operator erases somebody who never signed in; nothing of them is left, and a replay mints nothing',
  async (t, database) => {
    const blazon = await start(t, { database })
    const badge = await issue(blazon, { resultId: 'R-4711', candidate, visibility: 'private' })
    await runMails(blazon)
    await requestSignIn(blazon.tools, { email: candidate.email })
    t.ok((await everything(blazon)).includes('wilhelmina@example.com'))
    t.same(await erase(blazon, candidate.id), {
      status: 200,
      body: { candidates: [{ source: 'webassessor', id: candidate.id }] },
    })
    const after = await everything(blazon)
    for (const secret of [...secrets, badge.certificationNumber])
      t.notOk(after.includes(secret), `${secret} is nowhere`)
    t.equal((await erase(blazon, candidate.id)).status, 404, 'there is nobody any more')
    const replay = await post(blazon, passEvent({ resultId: 'R-4711', candidate }))
    t.match([replay.status, replay.body.badge], [200, undefined])
  },
)

onEachDatabase(
  t,
  'erased by an operator, an account goes with everybody that it is, and copies are revoked if that was asked',
  async (t, database) => {
    const blazon = await start(t, { database })
    const { badge, credential } = await arrive(blazon)
    const twin = { ...candidate, id: 'C-4712' }
    await issue(blazon, { resultId: 'R-4713', exam: 'PR000003', candidate: twin })
    const other = await issue(blazon, {
      resultId: 'R-1',
      candidate: { ...passEvent().candidate, id: 'C-1' },
    })
    t.equal((await erase(blazon, twin.id, { copies: 'revoke' })).status, 200)
    const after = await everything(blazon)
    for (const secret of [...secrets, 'C-4712', 'R-4713'])
      t.notOk(after.includes(secret), `${secret} is nowhere`)
    t.equal((await get(blazon, badge.links.page)).statusCode, 404)
    t.equal((await get(blazon, other.links.page)).statusCode, 200, 'others stay')
    const verdict = await blazon.app.inject({
      method: 'POST',
      url: '/v1/verify',
      headers: { 'content-type': 'application/vc+ld+json' },
      payload: credential,
    })
    t.equal(verdict.json().verdict, 'revoked')
    const accounts = await blazon.tools.db.selectFrom('account').select('id').execute()
    t.same(accounts, [])
  },
)

for (const decision of [undefined, 'refuse'] as const)
  onEachDatabase(
    t,
    `somebody whose only message waits as being about somebody else, or was refused, is erased from it (${decision ?? 'undecided'})`,
    async (t, database) => {
      const blazon = await start(t, { database })
      await issue(blazon)
      const times = { startedAt: '2026-11-20T09:00:00+08:00', endedAt: '2026-11-20T10:00:00+08:00' }
      await post(blazon, passEvent({ revision: 2, candidate, ...times }))
      const [item] = await openItems(blazon)
      t.equal(item?.kind, 'somebody-else')
      if (decision) await decide(blazon, item?.id ?? '', decision)
      t.ok((await everything(blazon)).includes(candidate.email))
      t.equal((await erase(blazon, candidate.id)).status, 200)
      const after = (await everything(blazon)).toLowerCase()
      for (const secret of [candidate.id, candidate.fullName, candidate.email])
        t.notOk(after.includes(secret.toLowerCase()), `${secret} is nowhere`)
      t.same(await openItems(blazon), [])
      t.match(await post(blazon, passEvent()), {
        status: 200,
        body: { result: { state: 'issued' }, badge: { state: 'valid' } },
      })
      t.equal((await erase(blazon, candidate.id)).status, 404)
      await tellAgain(t, blazon)
    },
  )

const wrongly = {
  revision: 2,
  startedAt: '2026-11-20T09:00:00+08:00',
  endedAt: '2026-11-20T10:00:00+08:00',
}

/** A replay of an erased message, with and without a revision, a later one, and one with another body. */
async function tellAgain(t: Test, blazon: Started, who = candidate) {
  const recorded = { status: 200, body: { result: { state: 'recorded', reason: /erased/ } } }
  const message = passEvent({ ...wrongly, candidate: who })
  t.match(await post(blazon, message), recorded)
  const { revision: _, ...unnumbered } = message
  t.match(
    await acceptExamResult(blazon.tools, { message: unnumbered as SentResult, actor: 'test' }),
    {
      how: 'replayed',
      result: { state: 'recorded', revision: 2 },
    },
  )
  t.equal((await post(blazon, { ...message, score: '900' })).status, 409, 'another body')
  t.match(await post(blazon, { ...message, revision: 3, score: '900' }), recorded)
  t.match(await post(blazon, message), { body: { result: { state: 'outdated' } } })
  await nowhere(t, blazon)
  const badges = await blazon.tools.db.selectFrom('badge').select('full_name').execute()
  t.same(badges, [{ full_name: passEvent().candidate.fullName }], 'nothing was minted')
  t.match(await post(blazon, passEvent({ revision: 4, outcome: 'invalidated' })), {
    body: { badge: { state: 'revoked' } },
  })
}

/** Nothing is left of the candidate. */
async function nowhere(t: Test, blazon: Started) {
  const found = (await everything(blazon)).toLowerCase()
  for (const secret of [candidate.id, candidate.fullName, candidate.latinName, candidate.email])
    t.notOk(found.includes(secret.toLowerCase()), `${secret} is nowhere`)
  t.same(await openItems(blazon), [])
}

/** A badge of another, and a message about its result that tells of the candidate. */
async function nameWrongly(blazon: Started, who: object, decision?: 'refuse') {
  await issue(blazon)
  await post(blazon, passEvent({ ...wrongly, candidate: who }))
  const item = (await openItems(blazon)).find(({ kind }) => kind === 'somebody-else')
  if (decision) await decide(blazon, item?.id ?? '', decision)
}

const twin = { ...candidate, id: 'C-4712' }
const ways: [string, (blazon: Started) => Promise<unknown>][] = [
  ['an operator who names another id of theirs', (blazon) => erase(blazon, twin.id)],
  [
    'themselves',
    async (blazon) => {
      const one = await openSession(asTxTools(blazon.tools), {
        email: candidate.email.toLowerCase(),
        agent: 'Firefox',
      })
      await eraseAccount(blazon.tools, { accountId: one.accountId, copies: 'keep' })
    },
  ],
]
const named: [string, typeof candidate][] = [
  ['another id that an operator merged', candidate],
  ['an id that nothing else is known of', { ...candidate, id: 'C-4713' }],
  ['the id of the other', { ...candidate, id: passEvent().candidate.id }],
]
for (const [how, eraseBy] of ways)
  for (const [id, who] of named)
    for (const decision of [undefined, 'refuse'] as const)
      onEachDatabase(
        t,
        `somebody erased by ${how} is erased from a message under ${id} (${decision ?? 'undecided'}), and a replay brings nothing back`,
        async (t, database) => {
          const blazon = await start(t, { database })
          const own = { exam: 'PR000003', candidate: twin }
          await issue(blazon, { resultId: 'R-4713', ...own })
          if (who === candidate) {
            await issue(blazon, { resultId: 'R-4711', ...own, exam: 'PR000002', candidate })
            await merge(blazon, twin.id, candidate.id)
          }
          await nameWrongly(blazon, who, decision)
          t.ok((await openItems(blazon)).length > 0 || decision)
          await eraseBy(blazon)
          await nowhere(t, blazon)
          await tellAgain(t, blazon, who)
        },
      )

onEachDatabase(
  t,
  'the first of two is erased from a result that an operator gave to the second',
  async (t, database) => {
    const blazon = await start(t, { database })
    await post(blazon, passEvent({ resultId: 'R-9', candidate }))
    const other = passEvent({ resultId: 'R-9', ...wrongly })
    await post(blazon, other)
    const [item] = await openItems(blazon)
    await decide(blazon, item?.id ?? '', 'accept')
    t.equal((await erase(blazon, candidate.id)).status, 200)
    await nowhere(t, blazon)
    t.match(await post(blazon, passEvent({ resultId: 'R-9', candidate })), {
      body: { result: { state: 'recorded', reason: /erased/ } },
    })
    t.match(await post(blazon, other), { body: { result: { state: 'issued' } } })
    await nowhere(t, blazon)
  },
)
