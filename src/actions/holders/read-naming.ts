import type { Badge } from '../../domain/badge/badge.ts'
import type { Asked, Naming } from '../../domain/holders/holder-view.ts'
import { requestItem } from '../../domain/holders/name-request.ts'
import { cannotDraw } from '../../drawing/can-draw.ts'
import { findNameRequests } from '../../storage/results/name-requests.ts'
import { findItem } from '../../storage/results/review-items.ts'
import type { Tools } from '../tools/tools.ts'

/** The name on a badge, and its owner's last request to change it. Undefined for a revoked or declined badge. */
export async function readNaming(
  { db }: Pick<Tools, 'db'>,
  badge: Badge,
): Promise<Naming | undefined> {
  if (badge.revokedAt || badge.declinedAt) return undefined
  const key = { source: badge.source, id: badge.candidateId }
  const last = (await findNameRequests(db, key)).at(-1)
  if (!last || last.takenBackAt !== null) return { now: badge.holder }
  const item = await findItem(db, requestItem(last).id)
  if (!item) return { now: badge.holder }
  const { wanted, reason, askedAt, answer } = last
  const { decidedAt } = item
  const missing = cannotDraw(wanted.fullName)
  return {
    now: badge.holder,
    asked: { state: stateOf(item), wanted, reason, askedAt, decidedAt, answer, missing },
  }
}

function stateOf({ state, decision }: { state: string; decision: string | null }): Asked['state'] {
  if (state === 'open') return 'open'
  if (state === 'gone') return 'settled'
  return decision === 'approve' ? 'approved' : 'refused'
}
