import { createHash } from 'node:crypto'
import { wholeSeconds } from '../../domain/rules/validity.ts'
import type { Certificate } from '../../drawing/certificate-facts.ts'
import { openCertificateQueue } from '../../drawing/certificate-queue.ts'
import type { DocumentCertificate } from '../../signing/document-certificate.ts'
import { signPdf } from '../../signing/pdf-signature.ts'

/** Certificates as PDF, signed if there is a certificate to sign with, and cached for a while. */
export type Certificates = {
  /** Throws `unavailable` when too many are requested at once. */
  make: (
    certificate: Certificate,
    how: { signer: DocumentCertificate | undefined; now: string },
  ) => Promise<Buffer>
}

const maxWaiting = 40
const maxKept = 100

/** Makes each certificate once, however often it is requested, until something that it shows changes. */
export function makeCertificates(): Certificates {
  const queue = openCertificateQueue({ most: maxWaiting })
  const kept = new Map<string, Promise<Buffer>>()
  const make: Certificates['make'] = (certificate, { signer, now }) => {
    const key = keyOf(certificate, signer)
    const making = kept.get(key) ?? draw(certificate, { signer, now })
    kept.delete(key)
    kept.set(key, making)
    making.catch(() => kept.get(key) === making && kept.delete(key))
    for (const oldest of kept.keys()) {
      if (kept.size <= maxKept) break
      kept.delete(oldest)
    }
    return making
  }
  const draw: Certificates['make'] = async (certificate, { signer, now }) => {
    const at = wholeSeconds(now)
    const pdf = await queue({ certificate, now: at })
    return signer ? signPdf(pdf, signer, at) : pdf
  }
  return { make }
}

/** A hash of everything that determines a certificate's bytes, except the time. */
function keyOf(certificate: Certificate, signer: DocumentCertificate | undefined) {
  const hash = createHash('sha256')
  const pictures = [certificate.seal, certificate.signatory?.signature]
  for (const picture of pictures) hash.update(picture?.png ?? '').update('\0')
  const rest = JSON.stringify(certificate, (name, value) => (name === 'png' ? undefined : value))
  return hash.update(`${signer?.fingerprint} ${rest}`).digest('hex')
}
