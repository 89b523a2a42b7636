import type { MailPlanned } from '../../../schemas/mail.ts'
import { type BadgeMailKind, badgeMailKinds } from '../../domain/holders/mail.ts'
import { Problem } from '../../problem.ts'
import { writeAudit } from '../../storage/audit.ts'
import { inTransaction } from '../../storage/database.ts'
import { countKeys } from '../../storage/jobs/job-payloads.ts'
import { planJobs } from '../../storage/jobs/jobs.ts'
import { lockIssuedBadge } from '../support/lock-issued-badge.ts'
import { mailKey } from '../support/plan-mails.ts'
import type { Actor, Tools } from '../tools/tools.ts'
import { findMailed, whyNot } from './due-mail.ts'

const mostAgain = 20

/**
 * Plans a mail about a badge once more, for an operator, whatever became of it before. Throws `invalid` for a kind that there is not,
 * `conflict` for one that would not be true now or was sent often enough, and `not-found`.
 */
export async function sendAgain(
  tools: Tools,
  { id, kind: asked, actor }: { id: string; kind: string; actor: Actor },
): Promise<MailPlanned> {
  const kind = badgeMailKinds.find((each) => each === asked)
  if (!kind)
    throw new Problem('invalid', 'The body has a mistake.', [
      { path: '/kind', message: `kind must be one of ${badgeMailKinds.join(', ')}.` },
    ])
  await inTransaction(tools.db, (db) => plan({ ...tools, db }, { id, kind, actor }))
  return { kind, state: 'planned' }
}

type Wish = { id: string; kind: BadgeMailKind; actor: Actor }

async function plan(tools: Tools, { id, kind, actor }: Wish) {
  const { db, now } = tools
  await lockIssuedBadge(db, id)
  const mailed = await findMailed(tools, id)
  const why = mailed && whyNot(tools, kind, mailed)
  if (why) throw new Problem('conflict', `The mail ${kind} cannot be sent now. ${why}`)
  const keys = Array.from({ length: mostAgain }, (_, n) => `${mailKey(id, kind)}:again:${n + 1}`)
  const key = keys[await countKeys(db, keys)]
  if (key === undefined)
    throw new Problem(
      'conflict',
      `The mail ${kind} was sent again ${mostAgain} times already. Correct the candidate’s address in the exam system, or reach them another way.`,
    )
  await planJobs(db, [{ kind: 'mail', key, payload: { badge: id, kind }, runAt: now() }], now())
  await writeAudit(db, {
    at: now(),
    actor,
    action: 'badge.mail-again',
    subject: id,
    details: { kind },
  })
}
