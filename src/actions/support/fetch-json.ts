import { type Read, readJson as readText } from '../../adapters/json.ts'
import { utf8 } from '../../adapters/text.ts'
import { Problem } from '../../problem.ts'
import type { Tools } from '../tools/tools.ts'

const timeout = 30_000
const sizeLimit = 10 * 1024 * 1024
const maxWait = 86_400

type Asked = { url: string; token: string; name: string }

/**
 * Requests JSON from a vendor. Answers it with every digit of its numbers, or the seconds to wait that the vendor asks
 * for. Follows no redirect, so the token reaches no other host. Otherwise throws `unavailable`, with a sentence that
 * quotes nothing of the answer.
 */
export async function fetchJson(
  { fetch, now }: Pick<Tools, 'fetch' | 'now'>,
  { url, token, name }: Asked,
): Promise<{ json: Read } | { wait: number }> {
  const trouble = (words: string) =>
    new Problem('unavailable/vendor-not-usable', `${name} ${words}`)
  const headers = { accept: 'application/json', authorization: `Bearer ${token}` }
  const signal = AbortSignal.timeout(timeout)
  const answer = await fetch(url, { headers, redirect: 'manual', signal }).catch(() => {
    throw trouble('cannot be reached, or does not answer within 30 seconds.')
  })
  const { status } = answer
  if (status === 200) return { json: await readJson(answer, trouble) }
  await answer.body?.cancel()
  const wait = secondsToWait(answer.headers.get('retry-after'), now())
  if ((status === 429 || status === 503) && wait !== undefined) return { wait }
  if (status >= 300 && status < 400)
    throw trouble(`answers ${status}, and redirects are not followed: correct its url.`)
  if (status === 401 || status === 403)
    throw trouble(`answers ${status}: check its token in ADAPTER_TOKENS.`)
  throw trouble(`answers ${status}.`)
}

async function readJson(answer: Response, trouble: (words: string) => Problem): Promise<Read> {
  const bytes = await readBytes(answer).catch(() => {
    throw trouble('broke off its answer, or took longer than 30 seconds.')
  })
  if (bytes === undefined) throw trouble('answers with more than 10 MiB: ask for smaller pages.')
  try {
    return readText(utf8(bytes, 'The answer'), 'The answer', { digits: true })
  } catch {
    throw trouble('answers with something that is not JSON in UTF-8.')
  }
}

async function readBytes(answer: Response): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer.body ?? []) {
    size += chunk.length
    if (size > sizeLimit) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The seconds in Retry-After, which has seconds or a date (RFC 9110, 10.2.3); at most a day. */
function secondsToWait(header: string | null, now: string): number | undefined {
  if (header === null) return undefined
  const seconds = /^\d+$/.test(header)
    ? Number(header)
    : Math.ceil((Date.parse(header) - Date.parse(now)) / 1000)
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 1), maxWait)
}
