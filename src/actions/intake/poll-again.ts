import { Problem } from '../../problem.ts'
import { planAgain } from '../../storage/jobs/jobs.ts'
import { findPoll, listRefused, sendTo } from '../../storage/results/polls.ts'
import type { Tools } from '../tools/tools.ts'

type Needs = Pick<Tools, 'db' | 'now'>

/** The polls, by the keys of their jobs, that met results which were refused: since when. */
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
 * Has a vendor asked again, at once, from where a result was first refused, or with `all` from the beginning; what was kept is only
 * replayed. May be run again. Throws `not-found` for a key that is no poll's, `conflict` when nothing was refused.
 */
export async function pollAgain({ db, now }: Needs, key: string, { all }: { all: boolean }) {
  const adapter = key.replace(/^poll:/, '')
  const known = adapter === key ? undefined : await findPoll(db, adapter)
  if (!known)
    throw new Problem(
      'not-found',
      `There is no poll ${key} that was ever answered. See what there is: npm run jobs -- --kind poll --state waiting`,
    )
  if (!all && known.refused_at === null)
    throw new Problem(
      'conflict',
      `No result of ${adapter} is refused. To read all of them again: npm run jobs -- again ${key} --all`,
    )
  await sendTo(db, adapter, { cursor: all ? null : known.refused_from, asked: known.asked })
  await planAgain(db, { kind: 'poll', key, runAt: now() }, now())
}
