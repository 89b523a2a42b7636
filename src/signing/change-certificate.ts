import { join } from 'node:path'
import { Problem } from '../problem.ts'
import { certificateFiles, certificatesIn } from './document-certificate.ts'
import { readChangeableRing } from './keyring-file.ts'
import { type CertificatePair, makeCertificate, readP12 } from './make-certificate.ts'
import { alone, readRingFile, writeWhole } from './ring-folder.ts'

/** What a self-signed certificate is called where nobody names it. */
export const usualName = 'Blazon certificates'

// With its signature and attributes, less than the room that a PDF leaves.
const longestChain = 6000

/** Puts a new self-signed certificate into the ring of a folder. What older ones signed stays as valid as it was. */
export async function renewCertificate(
  dir: string,
  { name, now }: { name: string; now: string },
): Promise<void> {
  await put(dir, () => makeCertificate({ name, now }))
}

/** Puts the certificate of a P12 file into the ring of a folder. Throws a Problem that says why it cannot sign. */
export async function importCertificate(
  dir: string,
  { p12, password }: { p12: Uint8Array; password: string },
): Promise<void> {
  await put(dir, () => {
    const pair = readP12(p12, password)
    const length = certificatesIn(pair.chain).reduce((sum, { raw }) => sum + raw.length, 0)
    if (length > longestChain)
      throw new Problem(
        'invalid',
        `The certificates in the file are ${length} bytes long; at most ${longestChain} fit into a PDF. Export it without the root.`,
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
 * Writes a certificate into a folder whose lock is held, its key readable by its owner alone. Whenever it is cut off, a key that fits the
 * certificate is there: until the new one is in place, both are.
 */
export async function keepCertificate(dir: string, { chain, key }: CertificatePair): Promise<void> {
  const path = join(dir, certificateFiles.key)
  const before = (await readRingFile(path)) ?? ''
  await writeWhole(path, `${key.trimEnd()}\n${before}`, 0o600)
  await writeWhole(join(dir, certificateFiles.chain), chain, 0o644)
  await writeWhole(path, key, 0o600)
}
