import { generateKeyPairSync } from 'node:crypto'
import forge from 'node-forge'

/** A P12 as a certificate authority hands it out: the signer's certificate, the authority's, the key. */
export function p12(password: string, { bits = 2048 }: { bits?: number } = {}) {
  const authority = keyPair(2048)
  const signer = keyPair(bits)
  const named = (value: string) => [{ name: 'commonName', value }]
  const certify = (key: forge.pki.PublicKey, subject: string) => {
    const made = forge.pki.createCertificate()
    made.publicKey = key
    made.serialNumber = '01'
    made.validity.notBefore = new Date('2026-01-01')
    made.validity.notAfter = new Date('2029-01-01')
    made.setSubject(named(subject))
    made.setIssuer(named('Contoso Root'))
    made.sign(authority.privateKey, forge.md.sha256.create())
    return made
  }
  const chain = [
    certify(authority.publicKey, 'Contoso Root'),
    certify(signer.publicKey, 'Northwind Certification'),
  ]
  const made = forge.pkcs12.toPkcs12Asn1(signer.privateKey, chain, password, {
    algorithm: 'aes256',
  })
  return Buffer.from(forge.asn1.toDer(made).getBytes(), 'latin1')
}

function keyPair(modulusLength: number) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength })
  return {
    privateKey: forge.pki.privateKeyFromPem(
      privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    ),
    publicKey: forge.pki.publicKeyFromPem(
      publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    ),
  }
}
