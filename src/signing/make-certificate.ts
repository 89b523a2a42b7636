import { createHash, createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import forge from 'node-forge'
import { Problem } from '../problem.ts'

/** A certificate chain, the signer's own certificate first, and its private key, both as PEM. */
export type CertificatePair = { chain: string; key: string }

/**
 * Makes a self-signed certificate for signing documents, valid for ten years from `now` (RFC 5280; purpose by RFC
 * 9336).
 */
export function makeCertificate({ name, now }: { name: string; now: string }): CertificatePair {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 3072 })
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.publicKeyFromPem(
    publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  )
  // As good as random, since keys are random. The first digit 4 makes it positive without leading zeros, as DER
  // requires.
  certificate.serialNumber = `4${createHash('sha256').update(spki).digest('hex').slice(0, 31)}`
  const from = Temporal.Instant.from(now).toZonedDateTimeISO('UTC')
  certificate.validity.notBefore = new Date(from.epochMilliseconds)
  certificate.validity.notAfter = new Date(from.add({ years: 10 }).epochMilliseconds)
  const subject = [
    {
      name: 'commonName',
      value: name,
      valueTagClass: forge.asn1.Type.UTF8 as unknown as forge.asn1.Class,
    },
  ]
  certificate.setSubject(subject)
  certificate.setIssuer(subject)
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, nonRepudiation: true, critical: true },
    { name: 'extKeyUsage', '1.3.6.1.5.5.7.3.36': true },
    { name: 'subjectKeyIdentifier' },
  ])
  certificate.sign(forge.pki.privateKeyFromPem(key), forge.md.sha256.create())
  return { chain: pem(certificate), key }
}

/** The certificate and key in a P12 file (PKCS #12, RFC 7292). Throws a Problem when they cannot sign. */
export function readP12(bytes: Uint8Array, password: string): CertificatePair {
  const contents = open(bytes, password)
  const keys = bagsOf(contents, ['pkcs8ShroudedKeyBag', 'keyBag']).flatMap(({ key }) => key ?? [])
  const certificates = bagsOf(contents, ['certBag']).flatMap(({ cert }) => cert ?? [])
  const [key] = keys
  if (!key || keys.length > 1)
    throw new Problem(
      'invalid/p12-without-one-key',
      `The file holds ${keys.length} RSA private keys; it must hold one, with its certificate.`,
    )
  const text = forge.pki.privateKeyInfoToPem(
    forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(key)),
  )
  const own = certificates.find((each) =>
    new X509Certificate(pem(each)).checkPrivateKey(createPrivateKey(text)),
  )
  if (!own)
    throw new Problem(
      'invalid/p12-without-certificate',
      'The file holds no certificate for its private key.',
    )
  if ((key as forge.pki.rsa.PrivateKey).n.bitLength() < 2048)
    throw new Problem('invalid/key-too-short', 'The key is too short: RSA needs 2048 bits or more.')
  return { chain: chainOf(own, certificates).map(pem).join(''), key: text }
}

function open(bytes: Uint8Array, password: string) {
  try {
    const der = forge.asn1.fromDer(Buffer.from(bytes).toString('latin1'))
    return forge.pkcs12.pkcs12FromAsn1(der, password)
  } catch (error) {
    const { message } = error as Error
    const why = /MAC could not be verified|Invalid password/.test(message)
      ? 'The password does not open the file.'
      : 'It must be a P12 (PFX) file with an RSA key.'
    throw new Problem('invalid/p12-unreadable', `The file cannot be read. ${why}`)
  }
}

function bagsOf(contents: forge.pkcs12.Pkcs12Pfx, names: string[]) {
  return names.flatMap((name) => {
    const bagType = forge.pki.oids[name] ?? ''
    return contents.getBags({ bagType })[bagType] ?? []
  })
}

/** The certificate with its issuers, as far as the file has them. */
function chainOf(own: forge.pki.Certificate, all: forge.pki.Certificate[]) {
  const chain = [own]
  for (let last = own; !last.isIssuer(last); ) {
    const next = all.find((each) => last.isIssuer(each) && !chain.includes(each))
    if (!next) break
    chain.push(next)
    last = next
  }
  return chain
}

function pem(certificate: forge.pki.Certificate) {
  return forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n')
}
