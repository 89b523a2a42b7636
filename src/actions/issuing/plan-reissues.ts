import type { JobPayloads } from '../../domain/holders/job-payloads.ts'
import { instantAfter } from '../../domain/work/job.ts'
import { planAgain } from '../../storage/jobs/jobs.ts'
import type { Tools } from '../tools/tools.ts'

// Until every process has read the new ring, one of them may still sign with the key.
const lag = 'PT2M'

/** Plans to reissue the badges that depend on withdrawn keys. */
export async function planReissues({
  db,
  keyring,
  now,
}: Pick<Tools, 'db' | 'keyring' | 'now'>): Promise<void> {
  // Planned at every start and change of the ring: a process that read it late may have signed after the job had
  // finished.
  for (const key of keyring.withdrawn)
    await planAgain(db, {
      kind: 'reissue',
      key: `reissue:${key}`,
      payload: { key } satisfies JobPayloads['reissue'],
      runAt: instantAfter(now(), lag),
    })
}
