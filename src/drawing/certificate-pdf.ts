import PDFDocument from 'pdfkit'
import type { Certificate } from './certificate-facts.ts'

/** The bytes that a signature may take: the certificate chain of the signer is most of them. */
export const signatureBytes = 8192

/** What stands where the places of the signed bytes go; as long as the largest of them. */
export const rangePlace = '**********'

export type Pdf = PDFKit.PDFDocument

/** What pdfkit has and its types do not: its objects, which the field for the signature is made of. */
type Insides = Pdf & {
  _root: { data: { AcroForm: { data: Record<string, unknown> } } }
  ref: (data: object) => { end: () => void }
  page: { dictionary: object; annotations: object[] }
}

/**
 * A tagged PDF (PDF/UA-1, ISO 14289-1) of one landscape page, whose times are `now`, an ISO instant: the same input gives the same
 * bytes. `draw` adds all that is on it.
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
    // Not in the types: no standard font, which would not be embedded.
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

/** pdfkit prints the same text into the document's facts as it is, and into its XML without escaping it. */
function inXml(text: string): string {
  const escaped = text.replace(/[<>&]/g, (mark) => `&#${mark.charCodeAt(0)};`)
  return Object.assign(new String(text), { toString: () => escaped }) as unknown as string
}

/** The signed credential goes with the certificate, as ISO 32000-2 has it of files that belong to a document (14.13). */
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

/** A field without a look, for a detached CMS signature over everything but itself (ISO 32000-1, 12.8). */
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
  // Not in the types: the element that an annotation belongs to.
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
  // What pdfkit presumes is for fields that people fill in; a viewer that takes it up changes what is signed.
  delete data.NeedAppearances
  data.Fields = pdf.page.annotations.slice(-1)
  data.SigFlags = 3
}
