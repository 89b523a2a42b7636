import t, { type Test } from 'tap'
import { drawCertificate } from '../../src/drawing/certificate.ts'
import { certificate, now } from '../drawing/certificates.ts'
import { missingPoppler, pictureOfPdf } from '../help/pdf.ts'
import { everyName, inkOf, looksAsBefore, noneIsLikeAnother } from './likeness.ts'

const skip = missingPoppler
if (skip) t.comment(skip)

/** The lines around the name, and the whole width of the page. */
const band = { left: 0, top: 140, width: 842, height: 150 }

t.test('names of every script are right on a certificate', { skip }, async (t) => {
  for (const [name, text] of everyName) {
    const picture = pictureOfPdf(await drawCertificate(certificate({ name: text }), now), band)
    await looksAsBefore(t as Test, 'certificate', name, picture)
    const { left, right } = await inkOf(picture)
    t.ok(left >= 75 && right <= 767, `${name} keeps to the room that it has: ${left} to ${right}`)
  }
})

t.test('no certificate could pass for that of another name', async (t) => {
  await noneIsLikeAnother(t as Test, 'certificate')
})
