import { createHash } from 'node:crypto'

/** IdentityHash: `sha256$` and the hex digest of identifier immediately followed by salt (conformance 1.5, 9.8). */
export function identityHash(identifier: string, salt: string): string {
  return `sha256$${createHash('sha256')
    .update(identifier + salt, 'utf8')
    .digest('hex')}`
}
