import { isHandle } from '../domain/holders/profile.ts'

/** A random id from an address; one that cannot exist for anything else, so that every address costs the same look-up. */
export function readSlug(text: string): string {
  return /^[\w-]{22}$/.test(text) ? text : 'none'
}

/** A record's id from an address; one that cannot exist for anything else. */
export function readId(text: string): string {
  return /^[0-9a-f-]{36}$/.test(text) ? text : 'none'
}

/** A version or list number from an address; nothing when it is none. */
export function readNumber(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined
}

/** A handle from an address; one that nobody can have for anything else, so that every address costs the same look-up. */
export function readHandle(text: string): string {
  return isHandle(text) ? text : 'none'
}
