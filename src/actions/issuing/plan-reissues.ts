import { instantAfter } from '../../domain/work/job.ts'
import { planAgain } from '../../storage/jobs/jobs.ts'
import type { Tools } from '../tools/tools.ts'

// Until every process has taken up the ring, one of them may still sign with the key.
const lag = 'PT2M'

/** Plans that the badges which rest on withdrawn keys are issued anew. */
export async function planReissues({
  db,
  keyring,
  now,
}: Pick<Tools, 'db' | 'keyring' | 'now'>): Promise<void> {
  // Anew each time: a process that took up the ring late may have signed with the key after the job was done.
  for (const key of keyring.withdrawn)
    await planAgain(
      db,
      {
        kind: 'reissue',
        key: `reissue:${key}`,
        payload: { key },
        runAt: instantAfter(now(), lag),
      },
      now(),
    )
}
