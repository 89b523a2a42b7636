import { instantAfter } from '../domain/job.ts'
import { planJobs } from '../storage/jobs.ts'
import type { Tools } from './tools.ts'

// Until every process has taken up the ring, one of them may still sign with the key.
const lag = 'PT2M'

/** Plans that the badges which rest on withdrawn keys are issued anew. */
export async function planReissues({
  db,
  keyring,
  now,
}: Pick<Tools, 'db' | 'keyring' | 'now'>): Promise<void> {
  const plans = keyring.withdrawn.map((key) => ({
    kind: 'reissue',
    key: `reissue:${key}`,
    payload: { key },
    runAt: instantAfter(now(), lag),
  }))
  await planJobs(db, plans, now())
}
