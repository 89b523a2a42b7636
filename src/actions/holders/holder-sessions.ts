import type { HolderSession } from '../../domain/holders/holder-view.ts'
import type { Session } from '../../domain/people/session.ts'
import { endSessions, listSessions } from '../../storage/accounts/sessions.ts'
import type { Tools } from '../tools/tools.ts'

/** The sessions of an account, latest used first. */
export async function listHolderSessions(
  { db, now }: Pick<Tools, 'db' | 'now'>,
  current: Session,
): Promise<HolderSession[]> {
  const sessions = await listSessions(db, current.accountId, now())
  return sessions.map((session) => ({ ...session, current: session.id === current.id }))
}

/** Ends one session of an account, or all but the current one. Ending a session twice changes nothing. */
export async function endHolderSessions(
  { db }: Pick<Tools, 'db'>,
  current: Session,
  which: string,
): Promise<void> {
  const chosen = which === 'others' ? { except: current.id } : { id: which }
  await endSessions(db, current.accountId, chosen)
}
