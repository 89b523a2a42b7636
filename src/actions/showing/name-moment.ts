import { versionOfReads } from '../../storage/committed.ts'
import type { Tools } from '../tools/tools.ts'

/**
 * Names the present moment: as long as its name stays, the public is shown the same. It ends with each commit, with the
 * second and with a change of the key ring. Undefined where only a question to the database would tell (PostgreSQL).
 */
export function nameMoment({
  db,
  keyring,
  now,
}: Pick<Tools, 'db' | 'keyring' | 'now'>): string | undefined {
  const version = versionOfReads(db)
  if (version === undefined) return undefined
  return `${version} ${keyring.active('Ed25519')} ${secondOf(now())}`
}

/** A validity ends just after the first instant of its last second, so that instant is a moment of its own. */
function secondOf(now: string): string {
  return now.endsWith('.000Z') ? now : now.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length)
}
