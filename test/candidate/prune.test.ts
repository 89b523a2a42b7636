import t, { type Test } from 'tap'
import { claimByLink } from '../../src/actions/holders/claim-badge.ts'
import { eraseAccount } from '../../src/actions/holders/erase-account.ts'
import { prune } from '../../src/actions/operating/prune-jobs.ts'
import { makeMailLink } from '../../src/actions/support/mail-links.ts'
import { issue, start } from '../help/start.ts'
import { arrive, candidate } from './arrive.ts'

t.test(
  'what has served is forgotten: links a month after they ran out, sessions at once',
  async (t) => {
    const blazon = await start(t as Test)
    const { accountId } = await arrive(blazon)
    const count = async (table: 'mail_link' | 'session' | 'erased_attempt') =>
      (await blazon.tools.db.selectFrom(table).selectAll().execute()).length
    await eraseAccount(blazon.tools, { accountId, copies: 'keep' })
    const other = { ...candidate, id: 'C-2', email: 'two@example.com', birthDate: '1991-01-01' }
    const { id: badgeId } = await issue(blazon, { resultId: 'R-2', candidate: other })
    const { url } = await makeMailLink(blazon.tools, {
      purpose: 'claim',
      email: other.email,
      badgeId,
    })
    const answer = { visibility: 'private' as const }
    const secret = url.split('/').at(-1) ?? ''
    await claimByLink(blazon.tools, { secret, answer, agent: 'Safari on Mac' })
    const all = async () => [
      await count('mail_link'),
      await count('session'),
      await count('erased_attempt'),
    ]
    await prune(blazon.tools)
    t.same(await all(), [1, 1, 1])
    blazon.clock.set('2026-12-24T04:00:00.000Z')
    await prune(blazon.tools)
    t.same(await all(), [1, 0, 1], 'the session ran out')
    blazon.clock.set('2027-11-23T04:00:00.000Z')
    await prune(blazon.tools)
    t.same(await all(), [0, 0, 0])
  },
)
