import { Problem } from '../../problem.ts'
import { planAgain } from '../../storage/jobs/jobs.ts'
import { findPoll, listRefused, sendTo } from '../../storage/results/polls.ts'
import type { Tools } from '../tools/tools.ts'

type Needs = Pick<Tools, 'db' | 'now'>

/** The polls that met refused results, by the keys of their jobs, and since when. */
export async function readRefused({
  db,
}: Pick<Needs, 'db'>): Promise<{ key: string; since: string }[]> {
  const polls = await listRefused(db)
  return polls.map(({ adapter, refused_at }) => ({
    key: `poll:${adapter}`,
    since: refused_at ?? '',
  }))
}

/**
 * Polls a vendor again at once, from where a result was first refused, or with `all` from the beginning; stored results
 * are replayed. Safe to repeat. Throws `not-found` for a key that is not that of a poll, `conflict` when nothing was
 * refused.
 */
export async function pollAgain({ db, now }: Needs, key: string, { all }: { all: boolean }) {
  const adapter = key.replace(/^poll:/, '')
  const known = adapter === key ? undefined : await findPoll(db, adapter)
  if (!known)
    throw new Problem(
      'not-found/no-such-poll',
      `There is no poll ${key} that was ever answered. List the polls: npm run jobs -- --kind poll --state waiting`,
    )
  if (!all && known.refused_at === null)
    throw new Problem(
      'conflict/nothing-refused',
      `No result of ${adapter} is refused. To read all of them again: npm run jobs -- again ${key} --all`,
    )
  await sendTo(db, adapter, { cursor: all ? null : known.refused_from, asked: known.asked })
  await planAgain(db, { kind: 'poll', key, runAt: now() })
}
