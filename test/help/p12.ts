import { generateKeyPairSync } from 'node:crypto'
import forge from 'node-forge'

type Options = { bits?: number; between?: string[] }

/**
 * A P12 as a certificate authority issues it: the signer's certificate, the authority's, the key. `between` are the
 * names of the intermediate certificates, from the authority to the signer.
 */
export function p12(password: string, { bits = 2048, between = [] }: Options = {}) {
  const authority = keyPair(2048)
  const signer = keyPair(bits)
  const names = ['Contoso Root', ...between, 'Northwind Certification']
  const named = (value = '') => [{ name: 'commonName', value }]
  const chain = names.map((subject, index) => {
    const made = forge.pki.createCertificate()
    made.publicKey = index < names.length - 1 ? authority.publicKey : signer.publicKey
    made.serialNumber = String(index + 1).padStart(2, '0')
    made.validity.notBefore = new Date('2026-01-01')
    made.validity.notAfter = new Date('2029-01-01')
    made.setSubject(named(subject))
    made.setIssuer(named(names[Math.max(0, index - 1)]))
    made.sign(authority.privateKey, forge.md.sha256.create())
    return made
  })
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
