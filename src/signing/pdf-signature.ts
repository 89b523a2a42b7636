import type { DocumentCertificate } from './document-certificate.ts'

/**
 * Signs a PDF that has room for a signature: a `ByteRange` with stars, and `Contents` of zeros (ISO 32000-1, 12.8.1).
 * Only those change, and all bytes but the signature's own are signed. Throws when there is no room, which would be a
 * bug.
 */
export async function signPdf(
  pdf: Uint8Array,
  certificate: Pick<DocumentCertificate, 'sign'>,
  at: string,
): Promise<Buffer> {
  const bytes = Buffer.from(pdf)
  const range = find(bytes, /\/ByteRange \[0 (?:\/\*+ ?){3}\]/)
  const contents = find(bytes, /\/Contents <0{1000,}>/)
  const start = contents.at + '/Contents '.length
  const end = contents.at + contents.length
  const places = `/ByteRange [0 ${start} ${end} ${bytes.length - end}`
  bytes.write(`${places.padEnd(range.length - 1)}]`, range.at, 'latin1')
  const signed = Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)])
  const signature = (await certificate.sign(signed, at)).toString('hex')
  if (signature.length > end - start - 2)
    throw new Error('a signature is longer than the room that the PDF has for it')
  bytes.write(signature, start + 1, 'latin1')
  return bytes
}

function find(bytes: Buffer, what: RegExp) {
  const found = what.exec(bytes.toString('latin1'))
  if (!found) throw new Error('a PDF has no room for a signature')
  return { at: found.index, length: found[0].length }
}
