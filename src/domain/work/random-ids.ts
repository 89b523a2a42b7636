/** Returns the given number of random bytes. The one source of randomness, supplied by `opening.ts`. */
export type Random = (bytes: number) => Uint8Array

/** A version 4 UUID; validators of Open Badges 2.0 refuse version 7 (conformance 1.16). */
export function uuid(random: Random): string {
  const bytes = Buffer.from(random(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** 128 random bits as 22 URL-safe characters. */
export function slug(random: Random): string {
  return Buffer.from(random(16)).toString('base64url')
}

/** A number from 0 to `below - 1`, each equally likely; `below` is a power of two up to 2^32. */
export function randomIndex(random: Random, below: number): number {
  return Buffer.from(random(4)).readUInt32BE() & (below - 1)
}
