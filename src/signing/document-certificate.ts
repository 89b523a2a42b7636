import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { Problem } from '../problem.ts'
import { readRingFile } from './ring-folder.ts'

/** The certificate that signs PDFs, with its chain. Its private key stays inside; only signatures leave. */
export type DocumentCertificate = {
  /** The chain as PEM, the signer's own certificate first. */
  text: string
  /** SHA-256 of the signer's own certificate. */
  fingerprint: string
  /** The common name of its subject. */
  name: string
  /** ISO instants with `Z`. */
  validFrom: string
  validUntil: string
  /**
   * A detached CMS signature (RFC 5652) over the data, as DER, with an ISO instant as its signing time. Deterministic.
   */
  sign: (data: Uint8Array, at: string) => Promise<Buffer>
}

export const certificateFiles = { chain: 'certificate.pem', key: 'certificate.key' }

/** The certificate of the ring in a folder; undefined if the ring has none. Throws a Problem when it cannot be used. */
export async function readDocumentCertificate(
  dir: string,
): Promise<DocumentCertificate | undefined> {
  const path = join(dir, certificateFiles.chain)
  const text = await readRingFile(path)
  if (text === undefined) return undefined
  const chain = certificatesIn(text)
  const [own] = chain
  if (!own)
    throw new Problem(
      'invalid/certificate-unusable',
      `${path} holds no certificate; restore it from your backup.`,
    )
  const keys = await readKeys(join(dir, certificateFiles.key))
  const key = keys.find((each) => own.checkPrivateKey(each))
  if (!key)
    throw new Problem(
      'invalid/certificate-key-mismatch',
      `${join(dir, certificateFiles.key)} is not the private half of the first certificate in ${path}.`,
    )
  return {
    text,
    fingerprint: own.fingerprint256,
    name: /^CN=(.*)$/m.exec(own.subject)?.[1] ?? own.subject,
    validFrom: own.validFromDate.toISOString(),
    validUntil: own.validToDate.toISOString(),
    sign: async (data, at) => {
      const { signWith } = await import('./certificate-signature.ts')
      return signWith(chain, key, { data, at })
    },
  }
}

/** The certificates of a PEM file, in their order; empty if the file is not PEM. */
export function certificatesIn(text: string): X509Certificate[] {
  try {
    return (text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(
      (pem) => new X509Certificate(pem),
    )
  } catch {
    return []
  }
}

/** The keys of a file: one, or two during a change. */
async function readKeys(path: string): Promise<KeyObject[]> {
  const text = (await readRingFile(path)) ?? ''
  const pems = text.match(
    /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]+-----END [A-Z ]*PRIVATE KEY-----/g,
  )
  try {
    const keys = (pems ?? []).map((pem) => createPrivateKey(pem))
    if (keys.length > 0 && keys.every((key) => key.asymmetricKeyType === 'rsa')) return keys
  } catch {}
  throw new Problem(
    'invalid/certificate-key-unusable',
    `${path} is missing or is not an RSA private key. Restore it from your backup.`,
  )
}
