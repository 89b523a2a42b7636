/** A picture as PNG without transparency, and what it shows, for those who cannot see it. */
export type Picture = { png: Uint8Array; alt: string }

/** All that a certificate shows: plain data, so that it can be drawn on another thread. Words are in its own language. */
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
  /** The page that tells whether it still holds, as a QR code with its words. */
  check: { address: string; words: string; host: string; alt: string }
  /** Why it does not count today, and on what day that began. */
  stamp?: Stamp
  credential: { file: string; json: string; description: string }
  /** The words of the field that a digital signature goes into; without them, no place is kept for one. */
  signature?: { signer: string; field: string }
}

export type Stamp = { words: string; tone: 'caution' | 'bad' }
export type Paper = 'a4' | 'letter'
