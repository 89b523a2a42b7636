import { instantAfter } from '../work/job.ts'

/** How long a candidate can change their mind after declining a badge: 30 days, as an ISO duration. */
const declineUndo = 'PT720H'

/** Until when a declined badge can still be claimed, as an ISO instant with `Z`; null if that is over. */
export function undoUntil(declinedAt: string, now: string): string | null {
  const until = instantAfter(declinedAt, declineUndo)
  return Date.parse(until) >= Date.parse(now) ? until : null
}
