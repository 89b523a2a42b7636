import sharp from 'sharp'
import t from 'tap'
import { drawCertificate } from '../../src/drawing/certificate.ts'
import type { Certificate } from '../../src/drawing/certificate-facts.ts'
import { missingPoppler, pictureOfPdf, poppler, readPdf, referred } from '../help/pdf.ts'
import { certificate, now } from './certificates.ts'

const skip = missingPoppler
if (skip) t.comment(skip)

const draw = (changes: Partial<Certificate> = {}) => drawCertificate(certificate(changes), now)

t.test('the same facts at the same instant give the same bytes', async (t) => {
  for (const name of ['Wilhelmina Vandersloot', '王小明', 'محمد بن عبد الله'])
    t.ok((await draw({ name })).equals(await draw({ name })), name)
  t.notOk((await draw()).equals(await drawCertificate(certificate(), '2026-11-22T04:00:01Z')))
})

t.test('A4 and US Letter, landscape, one page', async (t) => {
  for (const [paper, box] of [
    ['a4', '[0 0 841.89 595.28]'],
    ['letter', '[0 0 792 612]'],
  ] as const) {
    const pages = readPdf(await draw({ paper })).filter(({ dictionary }) =>
      /\/Type \/Page\n/.test(dictionary),
    )
    t.equal(pages.length, 1)
    t.match(pages[0]?.dictionary, `/MediaBox ${box}`, paper)
  }
})

t.test('the credential is attached, byte for byte, as a file of the document', async (t) => {
  const objects = readPdf(await draw())
  const [file] = objects.filter(({ dictionary }) => dictionary.includes('/Type /Filespec'))
  const [catalog] = objects.filter(({ dictionary }) => dictionary.includes('/Type /Catalog'))
  t.match(catalog?.dictionary, `/AF [${file?.id} 0 R]`)
  t.match(file?.dictionary, '/AFRelationship /Supplement')
  const held = objects.find(({ id }) => file?.dictionary.includes(`/F ${id} 0 R`))
  t.equal(String(held?.stream), '{"a":"é"}')
  t.match(held?.dictionary, '/Subtype /application#2Fvc+ld+json')
})

t.test('without a signer there is no field to sign in', async (t) => {
  const { signature: _, ...facts } = certificate()
  const pdf = String(await drawCertificate(facts, now))
  t.notMatch(pdf, /AcroForm|ByteRange/)
})

t.test('nobody signs where the programme names nobody', async (t) => {
  const { signatory: _, ...facts } = certificate()
  const figures = readPdf(await drawCertificate(facts, now)).filter(({ dictionary }) =>
    dictionary.startsWith('<<\n/S /Figure'),
  )
  t.equal(figures.length, 2)
})

const names = {
  Latin: 'Wilhelmina Vandersloot',
  'Latin with accents': 'Ágnes Őszi Şahin ŵ Łukasz',
  Vietnamese: 'Nguyễn Thị Ánh Tuyết',
  Greek: 'Ελένη Παπαδοπούλου',
  Cyrillic: 'Ольга Ёлкина',
  Chinese: '王小明',
  'rare Han': '𠮷田 䶮㛃',
  Japanese: '山田 さくら',
  Korean: '김민준',
  Arabic: 'محمد بن عبد الله الأنصاري',
  Hebrew: 'שלמה בן דוד הלוי',
  Thai: 'สมชาย วงศ์สวัสดิ์',
  Devanagari: 'कृष्णमूर्ति श्रीनिवासन',
  'two directions': 'Amira O’Neil أميرة عثمان',
  ligatures: 'Steffi Pfiffner',
  'one word': 'Suharto',
}

for (const [script, name] of Object.entries(names))
  t.test(`a name is copied as it was given: ${script}`, { skip }, async (t) => {
    const copied = poppler('pdftotext', await draw({ name }), { after: ['-'] })
    // Poppler writes marks of direction around what is read from right to left.
    const lines = copied.replace(/[\u202a-\u202e]/g, '').split('\n')
    t.ok(
      lines.some((line) => line.normalize('NFC') === name.normalize('NFC')),
      lines.join('|'),
    )
  })

t.test(
  'every word of a certificate can be copied, and its fonts are embedded',
  { skip },
  async (t) => {
    const words = 'No longer valid since 3 May 2026'
    const pdf = await draw({ stamp: { words, tone: 'bad' } })
    t.match(poppler('pdftotext', pdf, { before: ['-raw'], after: ['-'] }), words)
    const [first] = poppler('pdfinfo', pdf, { before: ['-struct-text'] }).matchAll(/"(.+)"/g)
    t.equal(first?.[1], words, 'what does not count is said first')
    const copied = poppler('pdftotext', pdf, { after: ['-'] })
    const { facts, issuer, certifies, earned, achievement, signatory, check } = certificate()
    const said = [
      ...[issuer, certifies, earned, achievement, signatory?.name, signatory?.title, check.host],
      ...facts.flatMap(({ label, value }) => [label, value]),
    ]
    for (const each of said) t.match(copied, each)
    t.match(poppler('pdfinfo', pdf), /Tagged:\s+yes/)
    const fonts = poppler('pdffonts', pdf).trim().split('\n').slice(2)
    for (const font of fonts) t.match(font, /Identity-H\s+yes yes yes/)
  },
)

t.test('a very long name stays on the page and clear of what is beside it', async (t) => {
  for (const name of [
    'Wolfeschlegelsteinhausenbergerdorff-Maximiliana Alexandrovna Konstantinopolskaya de la Cruz y Mendoza',
    'W'.repeat(200),
    `${'Anneliese '.repeat(25)}`.trim(),
    '王'.repeat(120),
  ]) {
    const objects = readPdf(await draw({ name }))
    const [page] = objects.filter(({ dictionary }) => /\/Type \/Page\n/.test(dictionary))
    const content = String(page && referred(objects, page, 'Contents').stream)
    const heading = /\/H1 <<[\s\S]*?(?=\/Artifact)/.exec(content)?.[0] ?? ''
    const places = [...heading.matchAll(/1 0 0 1 (\S+) (\S+) Tm/g)]
    t.ok(places.length >= name.replaceAll(' ', '').length / 2, 'nothing is cut off')
    for (const [, x, y] of places)
      if (Number(x) < 75 || Number(x) > 767 || Number(y) < 357 || Number(y) > 425)
        t.fail(`a letter of ${name.slice(0, 20)} at ${x}, ${y}`)
  }
})

t.test('what takes two lines stays clear of the words above it', { skip }, async (t) => {
  for (const [name, achievement] of [
    ['Ariadne '.repeat(12).trim(), 'Certified Professional in Responsible Operation '.repeat(2)],
    ['阿卜杜勒拉赫曼'.repeat(5), '大语言模型应用工程师认证（专业级）'.repeat(3)],
  ] as const) {
    const pdf = await draw({ name, achievement })
    for (const top of [164, 280]) {
      const between = pictureOfPdf(pdf, { left: 70, top, width: 702, height: 1 })
      t.equal((await sharp(between).stats()).channels[0]?.min, 255, `white at ${top}`)
    }
  }
})
