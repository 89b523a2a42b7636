import type { MailPlanned } from '../../../schemas/mail.ts'
import { type BadgeMailKind, badgeMailKinds } from '../../domain/holders/mail.ts'
import { mailKey } from '../../domain/holders/mail-keys.ts'
import { Problem } from '../../problem.ts'
import { writeAudit } from '../../storage/audit.ts'
import { countKeys } from '../../storage/jobs/job-payloads.ts'
import { planJobs } from '../../storage/jobs/jobs.ts'
import { lockIssuedBadge } from '../support/lock-issued-badge.ts'
import type { Actor, Tools, TxTools } from '../tools/tools.ts'
import { transaction } from '../tools/transaction.ts'
import { findMailed, whyNot } from './due-mail.ts'

const maxRepeats = 20

/**
 * Plans a mail about a badge once more, for an operator, whatever its earlier outcome. Throws `invalid` for an unknown
 * kind, `conflict` for a mail that is not due now or was sent often enough, and `not-found`.
 */
export async function sendAgain(
  tools: Tools,
  { id, kind: asked, actor }: { id: string; kind: string; actor: Actor },
): Promise<MailPlanned> {
  const kind = badgeMailKinds.find((each) => each === asked)
  if (!kind)
    throw new Problem('invalid/body-invalid', 'The body has a mistake.', [
      {
        path: '/kind',
        code: 'not-in-list',
        message: `kind must be one of ${badgeMailKinds.join(', ')}.`,
      },
    ])
  await transaction(tools, (tools) => plan(tools, { id, kind, actor }))
  return { kind, state: 'planned' }
}

type Wish = { id: string; kind: BadgeMailKind; actor: Actor }

async function plan(tools: TxTools, { id, kind, actor }: Wish) {
  const { db, now } = tools
  await lockIssuedBadge(db, id)
  const mailed = await findMailed(tools, id)
  const why = mailed && whyNot(tools, kind, mailed)
  if (why) throw new Problem('conflict/mail-not-due', `The mail ${kind} cannot be sent now. ${why}`)
  const keys = Array.from(
    { length: maxRepeats },
    (_, n) => `${mailKey({ badge: id, kind })}:again:${n + 1}`,
  )
  const key = keys[await countKeys(db, keys)]
  if (key === undefined)
    throw new Problem(
      'conflict/mail-sent-too-often',
      `The mail ${kind} was sent again ${maxRepeats} times already. Correct the candidate’s address in the exam system, or reach them another way.`,
    )
  await planJobs(db, [{ kind: 'mail', key, runAt: now() }])
  await writeAudit(db, {
    at: now(),
    actor,
    action: 'badge.mail-again',
    subject: id,
    details: { kind },
  })
}
