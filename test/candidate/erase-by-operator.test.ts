import t from 'tap'
import { requestSignIn } from '../../src/actions/request-links.ts'
import { onEachDatabase } from '../help/databases.ts'
import { runMails } from '../help/mails.ts'
import { get, issue, passEvent, post, type Started, start } from '../help/start.ts'
import { arrive, candidate, everything, secrets } from './arrive.ts'

const erase = async ({ app, auth }: Started, id: string, payload: object = { copies: 'keep' }) => {
  const url = `/v1/candidates/webassessor/${id}/erase`
  const answer = await app.inject({ method: 'POST', url, headers: auth, payload })
  return { status: answer.statusCode, body: answer.json() }
}

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
