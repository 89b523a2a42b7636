import { shownEmail } from '../../../domain/people/mail-address.ts'

/** An address that only its owner can recognise: `z…i@example.com`. */
export function maskEmail(written: string): string {
  const email = shownEmail(written)
  const at = email.lastIndexOf('@')
  const [first = '', ...rest] = email.slice(0, at)
  const last = rest.length > 1 ? rest.at(-1) : ''
  return `${first}…${last}${email.slice(at)}`
}
