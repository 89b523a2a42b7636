/** A link that shows a badge to anyone who has it; only its hash is stored. Instants are ISO with `Z`. */
export type ShareLink = {
  id: string
  badgeId: string
  label: string
  /** Whether it shows the full name; otherwise it shows no name. */
  withName: boolean
  /** Whether files can be downloaded through it. */
  withFiles: boolean
  /** Whether the certificate, which has the full name, can be downloaded through it. */
  withCertificate: boolean
  expiresAt: string | null
  viewLimit: number | null
  views: number
  createdAt: string
  seenAt: string | null
}

/** The maximum for one badge. */
export const mostShareLinks = 20

// The last counted view may still load its picture and use "check again".
const lastViewMs = 10 * 60_000

/** Whether the link still shows the badge. A `counted` view needs one left; other requests may follow the last view. */
export function isLive(
  { expiresAt, viewLimit, views, seenAt }: ShareLink,
  now: string,
  { counted }: { counted: boolean },
): boolean {
  if (expiresAt !== null && Date.parse(expiresAt) <= Date.parse(now)) return false
  if (viewLimit === null || views < viewLimit) return true
  return !counted && seenAt !== null && Date.parse(now) - Date.parse(seenAt) < lastViewMs
}
