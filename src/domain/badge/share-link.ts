/** A link that shows a badge to whoever has it; only its hash is kept. Instants are ISO with `Z`. */
export type ShareLink = {
  id: string
  badgeId: string
  label: string
  /** Whether it shows the full name; without, it shows none. */
  withName: boolean
  /** Whether the files can be downloaded through it. */
  withFiles: boolean
  /** Whether the certificate, which has the full name, can be downloaded through it. */
  withCertificate: boolean
  expiresAt: string | null
  viewLimit: number | null
  views: number
  createdAt: string
  seenAt: string | null
}

/** A badge has at most so many. */
export const mostShareLinks = 20

// The last view of a page still gets its picture, and "check again".
const lastViewMs = 10 * 60_000

/** Whether it still shows the badge: to a `counted` view one must be left; what a page brings along may follow its last view. */
export function isLive(
  { expiresAt, viewLimit, views, seenAt }: ShareLink,
  now: string,
  { counted }: { counted: boolean },
): boolean {
  if (expiresAt !== null && Date.parse(expiresAt) <= Date.parse(now)) return false
  if (viewLimit === null || views < viewLimit) return true
  return !counted && seenAt !== null && Date.parse(now) - Date.parse(seenAt) < lastViewMs
}
