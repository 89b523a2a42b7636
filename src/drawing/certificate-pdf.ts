import PDFDocument from 'pdfkit'
import type { Certificate } from './certificate-facts.ts'

/** The bytes reserved for a signature. The signer's certificate chain takes most of them. */
export const signatureBytes = 8192

/** The placeholder for each offset of the signed byte range; as long as the largest offset. */
export const rangePlace = '**********'

export type Pdf = PDFKit.PDFDocument

/** Parts of pdfkit that its types omit: the objects of which the signature field is made. */
type Insides = Pdf & {
  _root: { data: { AcroForm: { data: Record<string, unknown> } } }
  ref: (data: object) => { end: () => void }
  page: { dictionary: object; annotations: object[] }
}

/**
 * A tagged PDF (PDF/UA-1, ISO 14289-1) of one landscape page. Its times are `now`, an ISO instant. The same input gives
 * the same bytes. `draw` draws the page.
 */
export async function writePdf(
  certificate: Certificate,
  { now, draw }: { now: string; draw: (pdf: Pdf, whole: PDFKit.PDFStructureElement) => void },
): Promise<Buffer> {
  const { title, issuer, lang, paper } = certificate
  const at = new Date(now)
  const pdf = new PDFDocument({
    size: paper === 'a4' ? 'A4' : 'LETTER',
    layout: 'landscape',
    margin: 0,
    pdfVersion: '1.7',
    // Not in the types: no standard font, because standard fonts are not embedded.
    ...({ font: null } as object),
    subset: 'PDF/UA' as 'PDF/A-3',
    tagged: true,
    lang,
    displayTitle: true,
    info: {
      Title: inXml(title),
      Author: inXml(issuer),
      Producer: 'Blazon',
      Creator: 'Blazon',
      CreationDate: at,
    },
  }) as Insides
  const whole = pdf.struct('Document')
  pdf.addStructure(whole)
  draw(pdf, whole)
  attach(pdf, certificate, at)
  if (certificate.signature) leaveRoom(pdf, whole, certificate.signature, at)
  whole.end()
  pdf.end()
  return Buffer.concat(await Array.fromAsync(pdf as AsyncIterable<Buffer>))
}

/** pdfkit writes the same text into the document's facts as it is, and into its XML without escaping it. */
function inXml(text: string): string {
  const escaped = text.replace(/[<>&]/g, (mark) => `&#${mark.charCodeAt(0)};`)
  return Object.assign(new String(text), { toString: () => escaped }) as unknown as string
}

/** Attaches the signed credential as an associated file (ISO 32000-2, 14.13). */
function attach(pdf: Pdf, { credential }: Certificate, at: Date) {
  pdf.file(Buffer.from(credential.json), {
    name: credential.file,
    type: 'application/vc+ld+json',
    description: credential.description,
    creationDate: at,
    modifiedDate: at,
    relationship: 'Supplement',
  } as object)
}

/** Adds an invisible field for a detached CMS signature over everything but itself (ISO 32000-1, 12.8). */
function leaveRoom(
  pdf: Insides,
  whole: PDFKit.PDFStructureElement,
  { signer, field }: NonNullable<Certificate['signature']>,
  at: Date,
) {
  const signature = pdf.ref({
    Type: 'Sig',
    Filter: 'Adobe.PPKLite',
    SubFilter: 'adbe.pkcs7.detached',
    ByteRange: [0, rangePlace, rangePlace, rangePlace],
    Contents: new Uint8Array(signatureBytes),
    M: at,
    Name: new String(signer),
  })
  const form = pdf.struct('Form', { alt: field } as object)
  whole.add(form)
  // Not in the types: the structure element of an annotation.
  pdf.annotate(0, 0, 0, 0, {
    Subtype: 'Widget',
    FT: 'Sig',
    T: new String('signature'),
    TU: new String(field),
    V: signature,
    F: 4 + 128,
    P: pdf.page.dictionary,
    structParent: form,
  } as object)
  signature.end()
  form.end()
  pdf.initForm()
  const { data } = pdf._root.data.AcroForm
  // pdfkit sets it for fields that people fill in. A viewer that obeys it would change the signed bytes.
  delete data.NeedAppearances
  data.Fields = pdf.page.annotations.slice(-1)
  data.SigFlags = 3
}
