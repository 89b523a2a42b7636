import { safeAnswer } from './mail.ts'

/** What a mail server reports of a mail that it had taken: its status (RFC 3463), `5.1.1`, and which mail, by its Message-ID. */
export type Report = { messageIds: string[]; status: string; words: string }

const most = 10

/**
 * Reads a delivery status notification (RFC 3464); nothing, when the text is none. Its parts are never encoded (RFC 3464, 2.1; RFC
 * 2046, 5.2.1), so they can be read as they stand. Every Message-ID in what was returned may be ours.
 */
export function readReport(text: string): Report | undefined {
  const [, returned] = split(text, /^content-type:\s*message\/(global-)?delivery-status/im)
  if (returned === undefined) return undefined
  const status = field(returned, 'status')?.match(/^[245]\.\d{1,3}\.\d{1,3}/)?.[0]
  if (status === undefined) return undefined
  const ids = /^(?:x-)?(?:original-)?message-id:\s*(<[^<>\s]{1,250}>)/gim
  const messageIds = [...returned.matchAll(ids)].slice(0, most).map(([, id = '']) => id)
  const said = field(returned, 'diagnostic-code')
  return { messageIds, status, words: reportWords(status, said) }
}

/** What is kept of a report. */
export function reportWords(status: string, said = ''): string {
  return safeAnswer(`Status ${status}. ${said}`)
}

/** Whether a status is for good, for now, or no trouble at all. */
export function outcomeOf(status: string): 'bounced' | 'delayed' | 'delivered' {
  if (status.startsWith('5')) return 'bounced'
  return status.startsWith('4') ? 'delayed' : 'delivered'
}

function split(text: string, at: RegExp): [string, string | undefined] {
  const found = at.exec(text)
  if (!found) return [text, undefined]
  return [text.slice(0, found.index), text.slice(found.index)]
}

/** The first field of this name, unfolded. */
function field(text: string, name: string): string | undefined {
  const value = new RegExp(`^${name}:[ \\t]*([^\\r\\n]*(?:\\r?\\n[ \\t]+[^\\r\\n]*)*)`, 'im').exec(
    text,
  )
  return value?.[1]?.replace(/\s+/g, ' ').trim()
}
