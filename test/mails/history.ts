import type { Test } from 'tap'
import type { Database } from '../help/databases.ts'
import { issueNamed } from '../help/issue-named.ts'
import { runMails, startWithMail } from '../help/mails.ts'
import { issue, passEvent, post } from '../help/start.ts'

export type World = Awaited<ReturnType<typeof startWithMail>>

/** What the exam system says of a result: each message is the one before with a change. */
function examSystem(world: World) {
  let said = passEvent()
  let days = 0
  const say = (changes: Record<string, unknown>) => {
    said = { ...said, outcome: 'passed', ...changes, revision: said.revision + 1 }
    return post(world, said)
  }
  return {
    review: () => say({ outcome: 'under-review' }),
    pass: () => say({}),
    correctDay: () => {
      days += 1
      const day = `2026-11-${String(1 + (days % 20)).padStart(2, '0')}`
      return say({ startedAt: `${day}T09:00:00+08:00`, endedAt: `${day}T10:12:00+08:00` })
    },
    correctName: () =>
      say({ candidate: { ...said.candidate, fullName: `${said.candidate.fullName}伟` } }),
  }
}

/** An issued badge whose holder asked for files with their name; `told` is what they were mailed since. */
export async function issued(t: Test, database: Database) {
  const world = await startWithMail(t, database)
  const badge = await issue(world, { visibility: 'private' })
  await runMails(world)
  await issueNamed(world, badge)
  const told = () => world.inbox.mails.slice(1).map(({ mail }) => mail.subject?.split(':')[0])
  return { world, badge, told, exams: examSystem(world) }
}

/** What a holder reads in the subject of mails. */
export const review = 'Under review'
export const over = 'The review is over'
