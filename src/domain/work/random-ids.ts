/** Returns the given number of random bytes. The one source of randomness, supplied by `opening.ts`. */
export type Random = (bytes: number) => Uint8Array

/** The same randomness, drawn from its source some thousand bytes at a time: each draw costs more than many ids. */
export function drawnAhead(source: Random): Random {
  let drawn = source(4096)
  let used = 0
  return (bytes) => {
    if (used + bytes > drawn.length) {
      drawn = source(Math.max(4096, bytes))
      used = 0
    }
    used += bytes
    return drawn.subarray(used - bytes, used)
  }
}

/** A version 4 UUID; validators of Open Badges 2.0 refuse version 7 (conformance 1.16). */
export function uuid(random: Random): string {
  return written(Buffer.from(random(16)), 4)
}

/**
 * A version 7 UUID, which begins with the time: ids that are made one after another lie side by side in an index, so
 * that a commit writes few of its pages (RFC 9562, 5.7). For ids that no signed or public form has, since it says when
 * it was made.
 */
export function internalId(random: Random, instant: string): string {
  const bytes = Buffer.from(random(16))
  bytes.writeUIntBE(Date.parse(instant), 0, 6)
  return written(bytes, 7)
}

function written(bytes: Buffer, version: 4 | 7): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4)
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
