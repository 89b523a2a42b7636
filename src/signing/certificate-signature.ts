import { constants, type KeyObject, privateEncrypt, type X509Certificate } from 'node:crypto'
import forge from 'node-forge'

/** A detached CMS signature as DER, as `DocumentCertificate` promises. */
export function signWith(
  chain: X509Certificate[],
  key: KeyObject,
  { data, at }: { data: Uint8Array; at: string },
): Buffer {
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
