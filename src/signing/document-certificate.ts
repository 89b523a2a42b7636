import {
  constants,
  createPrivateKey,
  type KeyObject,
  privateEncrypt,
  X509Certificate,
} from 'node:crypto'
import { join } from 'node:path'
import forge from 'node-forge'
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
  sign: (data: Uint8Array, at: string) => Buffer
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
    sign: (data, at) => sign(chain, key, { data, at }),
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

function sign(
  chain: X509Certificate[],
  key: KeyObject,
  { data, at }: { data: Uint8Array; at: string },
) {
  const message = forge.pkcs7.createSignedData()
  message.content = forge.util.createBuffer(Buffer.from(data).toString('latin1'))
  for (const each of chain) message.addCertificate(each.toString())
  const { contentType, messageDigest, signingTime, data: plain, sha256 } = forge.pki.oids
  // forge also accepts names instead of a certificate, and any key that signs, though its types do not say so.
  message.addSigner({
    key: native(key),
    ...namesOf(forge.pki.certificateFromPem(chain[0]?.toString() ?? '')),
    digestAlgorithm: sha256 ?? '',
    authenticatedAttributes: [
      { type: contentType ?? '', value: plain ?? '' },
      { type: messageDigest ?? '' },
      { type: signingTime ?? '', value: new Date(at) },
    ],
  } as unknown as Parameters<typeof message.addSigner>[0])
  message.sign({ detached: true })
  return Buffer.from(forge.asn1.toDer(message.toAsn1()).getBytes(), 'latin1')
}

/** How a signature names its certificate. forge reads UTF-8 as bytes, and would encode each byte as UTF-8 again. */
function namesOf({ issuer, serialNumber }: forge.pki.Certificate) {
  const utf8 = forge.asn1.Type.UTF8 as unknown as forge.asn1.Class
  const attributes = issuer.attributes.map((each) =>
    each.valueTagClass === utf8
      ? { ...each, value: forge.util.decodeUtf8(String(each.value)) }
      : each,
  )
  return { issuer: attributes, serialNumber }
}

// DigestInfo of SHA-256, the prefix of the digest in RSASSA-PKCS1-v1_5 (RFC 8017, 9.2, note 1).
const sha256Info = Buffer.from('3031300d060960864801650304020105000420', 'hex')

/** forge asks this key for the signature; OpenSSL makes it a hundred times faster than forge would. */
function native(key: KeyObject) {
  return {
    sign: (digest: forge.md.MessageDigest) =>
      privateEncrypt(
        { key, padding: constants.RSA_PKCS1_PADDING },
        Buffer.concat([sha256Info, Buffer.from(digest.digest().getBytes(), 'latin1')]),
      ).toString('latin1'),
  }
}
