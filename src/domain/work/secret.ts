import { createHash } from 'node:crypto'
import type { Random } from './random-ids.ts'

/** A secret for an address or a cookie: 256 random bits, so that a plain hash is enough to store it by. */
export function newSecret(random: Random): { secret: string; hash: string } {
  const secret = Buffer.from(random(32)).toString('base64url')
  return { secret, hash: secretHash(secret) }
}

/** The stored form of a secret. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}
