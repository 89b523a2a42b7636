import { createPrivateKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Problem } from '../problem.ts'

/**
 * The private key that signs mails (DKIM), as PEM: RSA, 1024 bits or more (RFC 8301). Throws a Problem when it cannot
 * be used.
 */
export async function readMailKey(file: string): Promise<string> {
  const pem = await readFile(file, 'utf8').catch(() => '')
  const bits = rsaBits(pem)
  if (bits >= 1024) return pem
  throw new Problem(
    'invalid/mail-key-unusable',
    `MAIL_DKIM_KEY names ${file}, which is missing or holds no RSA private key of 1024 bits or more as PEM. Make one: openssl genrsa -out ${file} 2048`,
  )
}

function rsaBits(pem: string): number {
  try {
    const key = createPrivateKey(pem)
    const { modulusLength = 0 } = key.asymmetricKeyDetails ?? {}
    return key.asymmetricKeyType === 'rsa' ? modulusLength : 0
  } catch {
    return 0
  }
}
