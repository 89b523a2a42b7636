import { Problem } from '../problem.ts'

/** The text that bytes are; `what` is named in the trouble. Throws `malformed` for what is not UTF-8. */
export function utf8(bytes: Uint8Array, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Problem('malformed', `${what} is not UTF-8.`)
  }
}
