import { artefact, figure, figured, type Page, qr, say } from './certificate-elements.ts'
import type { Certificate, Stamp } from './certificate-facts.ts'
import { writePdf } from './certificate-pdf.ts'
import { type Style, setText } from './certificate-text.ts'
import { colours } from './colours.ts'
import { directionOf } from './runs.ts'

const { ink, quiet, accent } = colours

/**
 * Draws a certificate as a PDF, at an ISO instant: A4 or US Letter, landscape, tagged, its fonts embedded, with the
 * credential attached and, if the facts name a signer, room for a signature. The same input gives the same bytes.
 */
export function drawCertificate(certificate: Certificate, now: string): Promise<Buffer> {
  return writePdf(certificate, {
    now,
    draw: (pdf, whole) => {
      const page = {
        pdf,
        whole,
        middle: pdf.page.width / 2,
        below: pdf.page.height - a4Height,
        lang: certificate.lang,
        mirrored: directionOf(certificate.certifies) === 'rtl',
      }
      // Painted last, but read out first.
      const first = certificate.stamp && pdf.struct('Sect')
      if (first) whole.add(first)
      words(page, certificate)
      facts(page, certificate)
      foot(page, certificate)
      if (first && certificate.stamp) stamp({ ...page, whole: first }, certificate.stamp)
      first?.end()
    },
  })
}

const a4Height = 595.28

const edge = 76

function words(page: Page, certificate: Certificate) {
  const { pdf, middle, below, lang } = page
  const { issuer, certifies, name, earned, achievement } = certificate
  const width = pdf.page.width - 2 * edge
  const top = below / 2
  const centred = (tag: string, text: string, y: number, style: Omit<Style, 'width' | 'tag'>) =>
    say(page, text, { x: middle, y: top + y, align: 'center' }, { width, tag, ...style })
  centred('P', issuer, 98, { size: 16, colour: quiet, lang })
  centred('P', certifies, 158, { size: 15, colour: quiet, lang })
  // The name keeps the letters of its own language, not the certificate's. Two lines are set so small that they fit the
  // space of one.
  centred('H1', name, 216, { size: 46, smallest: 30, broken: 30, lines: 2, colour: ink })
  artefact(pdf, () =>
    pdf
      .moveTo(middle - 60, top + 244)
      .lineTo(middle + 60, top + 244)
      .lineWidth(0.9)
      .stroke(accent),
  )
  centred('P', earned, 276, { size: 15, colour: quiet, lang })
  centred('P', achievement, 318, {
    size: 28,
    smallest: 21,
    broken: 23,
    lines: 2,
    colour: ink,
    weight: 600,
    lang,
  })
}

function facts(page: Page, { facts }: Certificate) {
  const { middle, below, lang, mirrored } = page
  const step = mirrored ? -196 : 196
  facts.forEach(({ label, value }, index) => {
    const x = middle + (index - (facts.length - 1) / 2) * step
    const y = 368 + below / 2
    const more = { width: 180, lang }
    const at = (y: number) => ({ x, y, align: 'center' }) as const
    say(page, label, at(y), { size: 10.5, colour: quiet, ...more })
    say(page, value, at(y + 18), { size: 14, colour: ink, ...more })
  })
}

function foot(page: Page, certificate: Certificate) {
  const { pdf, whole, middle, below, lang, mirrored } = page
  const { seal, signatory, check } = certificate
  const base = 524 + below
  const [start, end] = mirrored ? [pdf.page.width - edge, edge] : [edge, pdf.page.width - edge]
  const [near, far] = mirrored ? (['right', 'left'] as const) : (['left', 'right'] as const)
  const small = { size: 10.5, colour: quiet, width: 230, lang }
  figure(whole, pdf, seal, { x: middle - 57, y: base - 104, side: 114 })
  if (signatory) {
    const { name, title, signature } = signatory
    const box = { x: mirrored ? start - 160 : start, y: base - 92, side: 160, height: 60 }
    figure(whole, pdf, signature, box, near)
    const at = (y: number) => ({ x: start, y, align: near })
    say(page, name, at(base - 14), { ...small, size: 12.5, colour: ink })
    say(page, title, at(base + 3), small)
  }
  const side = 74
  const box = { x: mirrored ? end : end - side, y: base - 108, side }
  figured(whole, pdf, check.alt, box, () => qr(pdf, check.address, box))
  const at = (y: number) => ({ x: end, y, align: far })
  say(page, check.words, at(base - 14), small)
  say(page, check.host, at(base + 3), { ...small, colour: ink })
}

/** The stamp on its own background over the seal: readers see it first, and it hides no fact. */
function stamp(page: Page, { words, tone }: Stamp) {
  const { pdf, middle, below, lang } = page
  const colour = colours[tone].mark
  const y = 480 + below
  const style = { size: 20, colour, width: 246, weight: 600, lang }
  const width = Math.max(...setText(words, style).map((line) => line.width))
  pdf.save()
  pdf.rotate(-6, { origin: [middle, y] })
  artefact(pdf, () =>
    pdf
      .rect(middle - width / 2 - 16, y - 22, width + 32, 44)
      .lineWidth(2.2)
      .fillAndStroke('#ffffff', colour),
  )
  say(page, words, { x: middle, y: y + 7, align: 'center' }, style)
  pdf.restore()
}
