/** A picture as PNG without transparency, with its alternative text. */
export type Picture = { png: Uint8Array; alt: string }

/** Everything on a certificate: plain data, so that another thread can draw it. Its words are in its own language. */
export type Certificate = {
  lang: string
  paper: Paper
  title: string
  issuer: string
  certifies: string
  name: string
  earned: string
  achievement: string
  facts: { label: string; value: string }[]
  seal: Picture
  signatory?: { name: string; title: string; signature: Picture }
  /** The page that shows the badge's present status, as a QR code with words. */
  check: { address: string; words: string; host: string; alt: string }
  /** Why the badge is not valid today, and since which day. */
  stamp?: Stamp
  credential: { file: string; json: string; description: string }
  /** The words of the field for a digital signature. Without them, the PDF has no such field. */
  signature?: { signer: string; field: string }
}

export type Stamp = { words: string; tone: 'caution' | 'bad' }
export type Paper = 'a4' | 'letter'
