import { safeAnswer } from './mail.ts'

/**
 * What a mail server reports about a mail after accepting it: its status (RFC 3463), such as `5.1.1`, and the
 * Message-IDs of the mail.
 */
export type Report = { messageIds: string[]; status: string; words: string }

const maxMessageIds = 10

/**
 * Reads a delivery status notification (RFC 3464). Undefined if the text is not one. Its parts are never encoded (RFC
 * 3464, 2.1; RFC 2046, 5.2.1), so they can be read without decoding. Any Message-ID in the returned part may be one of
 * Blazon's.
 */
export function readReport(text: string): Report | undefined {
  const [, returned] = split(text, /^content-type:\s*message\/(global-)?delivery-status/im)
  if (returned === undefined) return undefined
  const status = field(returned, 'status')?.match(/^[245]\.\d{1,3}\.\d{1,3}/)?.[0]
  if (status === undefined) return undefined
  const ids = /^(?:x-)?(?:original-)?message-id:\s*(<[^<>\s]{1,250}>)/gim
  const messageIds = [...returned.matchAll(ids)].slice(0, maxMessageIds).map(([, id = '']) => id)
  const diagnostic = field(returned, 'diagnostic-code')
  return { messageIds, status, words: reportWords(status, diagnostic) }
}

/** The text that is stored of a report. */
export function reportWords(status: string, diagnostic = ''): string {
  return safeAnswer(`Status ${status}. ${diagnostic}`)
}

/** Whether a status is a permanent failure, a temporary one, or a success. */
export function outcomeOf(status: string): 'bounced' | 'delayed' | 'delivered' {
  if (status.startsWith('5')) return 'bounced'
  return status.startsWith('4') ? 'delayed' : 'delivered'
}

function split(text: string, at: RegExp): [string, string | undefined] {
  const found = at.exec(text)
  if (!found) return [text, undefined]
  return [text.slice(0, found.index), text.slice(found.index)]
}

/** The value of the first field with this name, unfolded. */
function field(text: string, name: string): string | undefined {
  const value = new RegExp(`^${name}:[ \\t]*([^\\r\\n]*(?:\\r?\\n[ \\t]+[^\\r\\n]*)*)`, 'im').exec(
    text,
  )
  return value?.[1]?.replace(/\s+/g, ' ').trim()
}
