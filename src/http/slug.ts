import { isHandle } from '../domain/holders/profile.ts'

/**
 * A slug from an address. Any other text becomes a slug that no badge has, so that every address costs the same
 * look-up.
 */
export function readSlug(text: string): string {
  return /^[\w-]{22}$/.test(text) ? text : 'none'
}

/** A record's id from an address. Any other text becomes an id that no record has. */
export function readId(text: string): string {
  return /^[0-9a-f-]{36}$/.test(text) ? text : 'none'
}

/** A version or list number from an address, or undefined. */
export function readNumber(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined
}

/**
 * A handle from an address. Any other text becomes a handle that is never taken, so that every address costs the same
 * look-up.
 */
export function readHandle(text: string): string {
  return isHandle(text) ? text : 'none'
}
