import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import t, { type Test } from 'tap'
import { missingPoppler, poppler, printed, readPdf, readQr } from '../help/pdf.ts'
import { changedProgramme } from '../help/programme.ts'
import { get, issue, passEvent, post, type Started, seededRandom, start } from '../help/start.ts'

const skip = missingPoppler
if (skip) t.comment(skip)
t.setTimeout(280_000)

async function certificateOf(world: Started, page: string, query = '') {
  const { rawPayload } = await get(world, `${page}/certificate.pdf${query}`, world.auth)
  return rawPayload
}
// In the order of the file: poppler takes a stamp that leans apart.
const wordsOf = (pdf: Buffer) => poppler('pdftotext', pdf, { before: ['-raw'], after: ['-'] })

t.test('its QR code, read off the sheet, is the page of the badge', { skip }, async (t) => {
  const world = await start(t as Test)
  const { links } = await issue(world)
  for (const query of ['', '?paper=letter'])
    t.equal(await readQr(await certificateOf(world, links.page, query)), links.page, query)
})

t.test('it speaks the language of its programme', { skip }, async (t) => {
  const PROGRAMME_FILE = changedProgramme(t as Test, (programme) => {
    programme.language = 'zh-CN'
  })
  const world = await start(t as Test, { settings: { PROGRAMME_FILE } })
  const { certificationNumber, links } = await issue(world)
  const pdf = await certificateOf(world, links.page)
  const words = wordsOf(pdf)
  for (const said of [
    '兹证明',
    '张伟',
    '已获得以下认证',
    '获得日期',
    '2026年11月22日',
    '有效期至',
    '2028年11月22日',
    '证书编号',
    certificationNumber,
    '核验当前是否有效：',
  ])
    t.match(words, said)
  t.notMatch(words, /certif(y|ies)|earned|November/)
  t.match(poppler('pdfinfo', pdf), /Title:\s+Northwind Cloud Practitioner：张伟的证书/)
  const [catalog] = readPdf(pdf).filter(({ dictionary }) => dictionary.includes('/Type /Catalog'))
  t.match(catalog?.dictionary, '/Lang (zh-CN)')
  world.clock.set('2028-11-23T04:00:00.000Z')
  t.match(wordsOf(await certificateOf(world, links.page)), /2028年11月22日\S*过期/)
})

t.test('a name that was corrected is the one on it, and on the card', { skip }, async (t) => {
  const world = await start(t as Test)
  const { links } = await issue(world)
  const card = async () => (await get(world, `${links.page}/card.png`)).rawPayload
  const before = await card()
  t.match(wordsOf(await certificateOf(world, links.page)), '张伟')
  const candidate = { ...passEvent().candidate, fullName: '章玮' }
  await post(world, passEvent({ revision: 2, candidate }))
  const words = wordsOf(await certificateOf(world, links.page))
  t.match(words, '章玮')
  t.notMatch(words, '张伟')
  t.notOk((await card()).equals(before))
})

/** Where the signature stands on A4, in points. */
const place = { left: 76, top: 431, width: 161, height: 61 }

t.test('the signature is the picture that the programme names', { skip }, async (t) => {
  const PROGRAMME_FILE = changedProgramme(t as Test, () => {})
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 60"><path fill="#a01040" d="M0 0h160v60H0z"/></svg>`
  writeFileSync(join(dirname(PROGRAMME_FILE), 'signature.svg'), svg)
  const sheet = async (settings: Record<string, string>) => {
    const world = await start(t as Test, { settings, random: seededRandom('signatures') })
    const { links } = await issue(world)
    const pdf = await certificateOf(world, links.page)
    for (const said of ['Helena Marsh', 'Director of Certification']) t.match(wordsOf(pdf), said)
    return printed(pdf)
  }
  const [before, after] = [await sheet({}), await sheet({ PROGRAMME_FILE })]
  const middle = sharp(after).extract({ left: 150, top: 460, width: 1, height: 1 })
  const colour = [...(await middle.raw().toBuffer())].map((part) => Math.round(part / 16) * 16)
  t.same(colour, [0xa0, 0x10, 0x40], 'it is there')
  t.ok((await withoutSignature(after)).equals(await withoutSignature(before)), 'nothing else is')
})

function withoutSignature(sheet: Buffer) {
  const { left, top, width, height } = place
  const white = { width, height, channels: 3, background: '#fff' } as const
  return sharp(sheet)
    .composite([{ input: { create: white }, left, top }])
    .raw()
    .toBuffer()
}
