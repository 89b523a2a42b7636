import { join } from 'node:path'
import { Problem } from '../problem.ts'
import { certificateFiles, certificatesIn } from './document-certificate.ts'
import { readChangeableRing } from './keyring-file.ts'
import { type CertificatePair, makeCertificate, readP12 } from './make-certificate.ts'
import { alone, readRingFile, writeWhole } from './ring-folder.ts'

/** The name of a self-signed certificate by default. */
export const usualName = 'Blazon certificates'

// In bytes. With its signature and attributes, less than the room in a PDF.
const maxChain = 6000

/**
 * Puts a new self-signed certificate into the ring of a folder. Signatures of older certificates stay as valid as they
 * were.
 */
export async function renewCertificate(
  dir: string,
  { name, now }: { name: string; now: string },
): Promise<void> {
  await put(dir, () => makeCertificate({ name, now }))
}

/** Puts the certificate of a P12 file into the ring of a folder. Throws a Problem when it cannot sign. */
export async function importCertificate(
  dir: string,
  { p12, password }: { p12: Uint8Array; password: string },
): Promise<void> {
  await put(dir, () => {
    const pair = readP12(p12, password)
    const length = certificatesIn(pair.chain).reduce((sum, { raw }) => sum + raw.length, 0)
    if (length > maxChain)
      throw new Problem(
        'invalid/certificate-too-long',
        `The certificates in the file are ${length} bytes long; at most ${maxChain} fit into a PDF. Export it without the root.`,
      )
    return pair
  })
}

async function put(dir: string, make: () => CertificatePair) {
  await alone(dir, async () => {
    await readChangeableRing(dir)
    await keepCertificate(dir, make())
  })
}

/**
 * Writes a certificate into a folder whose lock is held, its key readable by its owner alone. At every moment a key
 * that fits the certificate is on disk: until the new certificate is in place, both keys are.
 */
export async function keepCertificate(dir: string, { chain, key }: CertificatePair): Promise<void> {
  const path = join(dir, certificateFiles.key)
  const oldKeys = (await readRingFile(path)) ?? ''
  await writeWhole(path, `${key.trimEnd()}\n${oldKeys}`, 0o600)
  await writeWhole(join(dir, certificateFiles.chain), chain, 0o644)
  await writeWhole(path, key, 0o600)
}
