/** A random id from an address; one that cannot exist for anything else, so that every address costs the same look-up. */
export function readSlug(text: string): string {
  return /^[\w-]{22}$/.test(text) ? text : 'none'
}

/** A version or list number from an address; nothing when it is none. */
export function readNumber(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined
}
