import { createHash } from 'node:crypto'
import { wholeSeconds } from '../../domain/rules/validity.ts'
import type { Certificate } from '../../drawing/certificate-facts.ts'
import { openCertificateQueue } from '../../drawing/certificate-queue.ts'
import type { DocumentCertificate } from '../../signing/document-certificate.ts'
import { signPdf } from '../../signing/pdf-signature.ts'

/** Certificates as PDF, signed where there is something to sign with, and kept for a while. */
export type Certificates = {
  /** Throws `unavailable` when too many are asked for at once. */
  make: (
    certificate: Certificate,
    how: { signer: DocumentCertificate | undefined; now: string },
  ) => Promise<Buffer>
}

const mostWaiting = 40
const mostKept = 100

/** Makes each certificate once, whoever asks for it and how often, as long as nothing that it shows changes. */
export function makeCertificates(): Certificates {
  const studio = openCertificateQueue({ most: mostWaiting })
  const kept = new Map<string, Promise<Buffer>>()
  const make: Certificates['make'] = (certificate, { signer, now }) => {
    const key = keyOf(certificate, signer)
    const making = kept.get(key) ?? draw(certificate, { signer, now })
    kept.delete(key)
    kept.set(key, making)
    making.catch(() => kept.get(key) === making && kept.delete(key))
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break
      kept.delete(oldest)
    }
    return making
  }
  const draw: Certificates['make'] = async (certificate, { signer, now }) => {
    const at = wholeSeconds(now)
    const pdf = await studio({ certificate, now: at })
    return signer ? signPdf(pdf, signer, at) : pdf
  }
  return { make }
}

/** All that a certificate's bytes come from but the time. */
function keyOf(certificate: Certificate, signer: DocumentCertificate | undefined) {
  const hash = createHash('sha256')
  const pictures = [certificate.seal, certificate.signatory?.signature]
  for (const picture of pictures) hash.update(picture?.png ?? '').update('\0')
  const rest = JSON.stringify(certificate, (name, value) => (name === 'png' ? undefined : value))
  return hash.update(`${signer?.fingerprint} ${rest}`).digest('hex')
}
