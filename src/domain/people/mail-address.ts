import { domainToASCII, domainToUnicode } from 'node:url'
import address from '@hapi/address'
import { identityHash } from './identity-hash.ts'

/**
 * The one form in which e-mail addresses are compared, stored and hashed (conformance 1.7): trimmed, NFC, lower case,
 * with the domain in ASCII (UTS 46), as browsers post it and other software keeps it.
 */
export function normalEmail(email: string): string {
  const text = email.trim()
  const at = text.lastIndexOf('@')
  // Composed again after lower-casing: J with a caron has no composed capital, but a composed lower-case letter.
  const local = text
    .slice(0, at + 1)
    .normalize('NFC')
    .toLowerCase()
    .normalize('NFC')
  return `${local}${asciiDomain(text.slice(at + 1))}`
}

/** UTS 46 lower-cases by itself, and never ends a word with ς where a browser writes σ. */
function asciiDomain(domain: string): string {
  return (isPlain(domain) ? '' : domainToASCII(domain)) || domain.toLowerCase()
}

const isPlain = (domain: string) => /^[ -~]*$/.test(domain) && !/xn--/i.test(domain)

/** An address for people to read: with the letters of its domain, not in Punycode. */
export function shownEmail(email: string): string {
  const at = email.lastIndexOf('@')
  const domain = email.slice(at + 1)
  return `${email.slice(0, at + 1)}${(domain.includes('xn--') && domainToUnicode(domain)) || domain}`
}

/**
 * Whether a hash is that of an address. Older hashes, made before domains were compared in ASCII, are of the address as
 * written; they are signed and stay as they are.
 */
export function isHashOf({ hash, salt }: { hash: string; salt: string }, email: string): boolean {
  const key = normalEmail(email)
  return [key, email.trim().toLowerCase(), shownEmail(key)].some(
    (form) => identityHash(form, salt) === hash,
  )
}

// Characters that do not show or that reverse the order of letters. A joiner in a domain is as likely damage as meant.
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Zl}\p{Zp}]/u

const sentences: Record<string, string> = {
  MULTIPLE_AT_CHAR: 'has more than one @; send one address alone',
  MISSING_AT_CHAR: 'has no @',
  EMPTY_LOCAL: 'has nothing before the @',
  LOCAL_TOO_LONG: 'has more than 64 octets before the @, which no mail server accepts',
  EMPTY_LOCAL_SEGMENT: 'has a dot at an end or two in a row before the @',
  INVALID_LOCAL_CHARS: 'has a character before the @ that no mail server accepts there',
  DOMAIN_NON_EMPTY_STRING: 'has nothing after the @',
  DOMAIN_TOO_LONG: 'has a domain that is too long',
  DOMAIN_INVALID_CHARS: 'has a character after the @ that no domain has',
  DOMAIN_INVALID_TLDS_CHARS: 'does not end with a top-level domain',
  DOMAIN_SEGMENTS_COUNT: 'has a domain without a dot, which mail from outside cannot reach',
  DOMAIN_EMPTY_SEGMENT: 'has a dot at an end or two in a row after the @',
  DOMAIN_LONG_SEGMENT: 'has a part between dots of more than 63 characters after the @',
}

/**
 * What is wrong with an address, to follow the name of its field; undefined if mail can be sent to it (RFC 5321, 4.1.2;
 * RFC 6531, 3.3). That grammar has quoted local parts and IP literals, but these are refused: no person's own address
 * has them.
 */
export function addressMistake(email: string): string | undefined {
  const text = email.trim()
  const hidden = invisible.exec(text)?.[0]
  if (hidden !== undefined)
    return `has an invisible character (${codePoint(hidden)}); type the address again`
  if (/^mailto:/i.test(text)) return 'begins with mailto:; send the address alone'
  if (/[<>]/.test(text)) return 'has < or > in it; send the address alone, without a name'
  const key = normalEmail(text)
  if (/@\[|^\[/.test(text) || /@\d+(\.\d+){3}$/.test(key))
    return 'has an IP address for a domain; send a name'
  if (/["()]/.test(text)) return 'has quotation marks or parentheses; send the address alone'
  if (/[\s\p{Cc}]/u.test(text)) return 'has a space or a line break inside'
  if (/[,;]/.test(text)) return 'has , or ; in it; send one address alone'
  if (/@[.]|[.]$/.test(text)) return `${sentences.DOMAIN_EMPTY_SEGMENT}`
  const code = address.analyzeEmail(text, { ignoreLength: false })?.code
  if (code !== undefined && code !== 'ADDRESS_TOO_LONG')
    return sentences[code] ?? 'is not an e-mail address, such as zhang.wei@example.com'
  if ([text, key].some((each) => Buffer.byteLength(each) > 254))
    return 'is longer than 254 octets, which no mail server accepts'
  return isWritable(key) ? undefined : 'has a domain that cannot exist (UTS 46)'
}

/** Whether the domain has an ASCII form whose labels IDNA allows. */
function isWritable(key: string) {
  const domain = key.slice(key.lastIndexOf('@') + 1)
  return isPlain(domain) || (/^[ -~]+$/.test(domain) && domainToASCII(domain) !== '')
}

/** `U+200B` */
export function codePoint(character: string): string {
  return `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`
}
