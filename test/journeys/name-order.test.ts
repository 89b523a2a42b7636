import fc from 'fast-check'
import t from 'tap'
import type { ExamResult } from '../../schemas/exam-result.ts'
import { onEachDatabase } from '../help/databases.ts'
import { askFor, nameItem, signedIn, wish } from '../help/names.ts'
import { decide } from '../help/review.ts'
import { issue, passEvent, post, type Started, start } from '../help/start.ts'

const { candidate } = passEvent()
const called = (fullName: string) => ({ ...candidate, fullName })
const day = { startedAt: '2026-11-21T09:00:00+08:00', endedAt: '2026-11-21T10:00:00+08:00' }

/** What the exam system says after the candidate has asked: the old name, the right one, a third one, of two results. */
const later: Partial<ExamResult>[] = [
  { revision: 2, candidate },
  { revision: 3, candidate: called(wish.fullName) },
  { revision: 4, candidate },
  { resultId: 'R-2', exam: 'PR000002', ...day, candidate },
  { resultId: 'R-2', exam: 'PR000002', ...day, revision: 2, candidate: called('章伟') },
  { resultId: 'R-3', exam: 'PR000003', ...day, candidate },
]

onEachDatabase(
  t,
  'in whatever order messages and the approval come, every badge ends with the same name and nothing is left to decide',
  async (t, database) => {
    const blazon = await start(t, { database })
    const order = fc.shuffledSubarray(later, { minLength: later.length })
    const runs = fc.sample(fc.tuple(order, fc.nat(later.length)), { numRuns: 12, seed: 5 })
    for (const [index, [messages, approvedAfter]] of runs.entries()) {
      const who = `C-${index}`
      const email = `c${index}@example.com`
      const theirs = (message: Partial<ExamResult>) =>
        passEvent({
          ...message,
          resultId: `${message.resultId ?? 'R-1'}-${index}`,
          candidate: { ...(message.candidate ?? candidate), id: who, email },
        })
      const { id } = await issue(blazon, theirs({}))
      t.equal((await askFor(await signedIn(blazon, email), id, wish)).status, 303)
      let approved = false
      for (const [count, message] of [...messages, undefined].entries()) {
        if (!approved && count >= approvedAfter) approved = await approve(blazon)
        if (message) for (let twice = 0; twice < 2; twice += 1) await post(blazon, theirs(message))
      }
      t.same(await names(blazon, who), [wish.fullName, '章伟', wish.fullName], `order ${index}`)
      t.equal(await nameItem(blazon), undefined)
    }
  },
)

/** While no badge has the old name there is nothing to approve, until the exam system says it again. */
async function approve(blazon: Started): Promise<boolean> {
  const item = await nameItem(blazon)
  return item !== undefined && (await decide(blazon, item.id, 'approve')).status === 200
}

async function names({ tools }: Started, who: string) {
  const rows = await tools.db
    .selectFrom('badge')
    .select('full_name')
    .where('candidate_id', '=', who)
    .where('revoked_at', 'is', null)
    .orderBy('exam')
    .execute()
  return rows.map(({ full_name }) => full_name)
}
