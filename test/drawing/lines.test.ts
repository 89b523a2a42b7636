import t from 'tap'
import { cannotDraw } from '../../src/drawing/can-draw.ts'
import { faceFor } from '../../src/drawing/fonts/faces.ts'
import { layOut } from '../../src/drawing/lines.ts'
import { outlineOf } from '../../src/drawing/outlines.ts'

const size = 40
const runsOf = (text: string, more = {}) =>
  layOut(text, { style: 'serif', size, ...more }).runs.map(({ text, direction }) => [
    text,
    direction,
  ])

t.test(
  'words of right-to-left scripts stand from right to left, Latin and digits among them from left to right',
  async (t) => {
    t.same(runsOf('שלום'), [['שלום', 'rtl']])
    t.same(runsOf('علي Smith 42'), [
      ['Smith 42', 'ltr'],
      ['علي ', 'rtl'],
    ])
    const [hebrew] = layOut('אבג', { style: 'serif', size }).runs
    const alone = layOut('א', { style: 'serif', size }).runs[0]?.glyphs[0]?.id
    t.equal(hebrew?.glyphs.at(-1)?.id, alone, 'the first letter is the rightmost glyph')
  },
)

t.test('the direction is that of the first letter, unless it is said', async (t) => {
  t.same(
    runsOf('Ada עדה').map(([text]) => text),
    ['Ada ', 'עדה'],
  )
  t.same(
    runsOf('Ada עדה', { direction: 'rtl' }).map(([text]) => text),
    ['עדה', ' ', 'Ada'],
  )
})

t.test('Arabic letters are joined', async (t) => {
  const joined = layOut('محمد', { style: 'serif', size }).runs[0]?.glyphs.map(({ id }) => id)
  const apart = [...'محمد']
    .reverse()
    .map((letter) => layOut(letter, { style: 'serif', size }).runs[0]?.glyphs[0]?.id)
  t.equal(joined?.length, 4)
  t.ok(joined?.every((id, index) => index === 0 || id !== apart[index]))
})

t.test('a run is of one face, and its glyphs stand where the line says', async (t) => {
  const { runs, width, ascent, descent } = layOut('Łukasz 王伟', { style: 'serif', size })
  t.ok(runs.length > 2)
  t.same(
    runs.map(({ x }) => x),
    runs.map(({ x }) => x).toSorted((one, other) => one - other),
  )
  t.ok(runs.every(({ x, glyphs }) => glyphs[0] && Math.abs(glyphs[0].x - x) < 2))
  t.ok(width > 150 && width < 250 && ascent > 20 && descent > 5)
  const twice = layOut('Łukasz 王伟', { style: 'serif', size: 80 })
  t.ok(Math.abs(twice.width - 2 * width) < 0.001, 'all of it grows with the size')
})

t.test('Han characters are drawn as the language draws them', async (t) => {
  const faceOf = (lang: string) => faceFor(0x76f4, 'serif', { lang })?.id.split('-').slice(0, 3)
  t.same(faceOf('zh-CN'), ['source', 'han', 'serif'])
  t.same(faceOf('ja'), ['noto', 'serif', 'jp'])
  t.same(faceOf('ko'), ['noto', 'serif', 'kr'])
  t.same(faceOf('zh-Hant'), ['noto', 'serif', 'hk'])
})

t.test('a character that Unicode takes for another is drawn as it is written', async (t) => {
  const outline = (text: string) =>
    outlineOf(layOut(text, { style: 'serif', size, lang: 'ja' }), { x: 0, y: 0 })
  t.not(outline('\u{FA19}'), outline('\u{795E}'), 'two forms of one character in Japanese names')
  t.same(cannotDraw('\u{F9E1}\u{F90A}\u{212B}'), [], 'Korean duplicates, and the Angstrom sign')
})

t.test('the bytes of a face stay its own when others are opened', async (t) => {
  const face = faceFor(0x738b, 'serif')
  const before = Buffer.from(face?.bytes ?? [])
  for (const letter of '一丁七万丈三上下不与丐丑') faceFor(letter.codePointAt(0) ?? 0, 'serif')
  t.ok(before.length > 1000 && before.equals(Buffer.from(face?.bytes ?? [])))
})

t.test(
  'a face can be embedded at its weight, by the part of fontkit that pdfkit uses',
  async (t) => {
    for (const letter of '王あ한مЖन') {
      const face = faceFor(letter.codePointAt(0) ?? 0, 'serif')
      if (!face) throw new Error(`no face has ${letter}`)
      const glyph = face.font.glyphForCodePoint(letter.codePointAt(0) ?? 0)
      const subset = face.font.createSubset()
      subset.includeGlyph(glyph)
      const [empty, whole] = [face.font.createSubset().encode(), subset.encode()]
      t.ok(whole.length > empty.length + 40, `the outline of ${letter} is in it`)
      t.same(face.font.variationAxes, {}, 'its weight is chosen')
    }
  },
)

t.test('a weight is a weight of its own in every typeface', async (t) => {
  for (const letter of ['A', 'Ж', '王', 'م', 'ก', 'न']) {
    const outline = (weight: number) =>
      outlineOf(layOut(letter, { style: 'serif', size, weight }), { x: 0, y: 0 })
    t.not(outline(400), outline(700), letter)
  }
})

t.test('what cannot be drawn is named, character by character', async (t) => {
  t.same(cannotDraw('Ada 🙂 Lovelace 🙂'), ['🙂'])
  t.same(cannotDraw('\u{2A6D6}\u{13000}'), ['\u{2A6D6}', '\u{13000}'])
  t.same(cannotDraw('R\u{335}'), ['R\u{335}'], 'a letter with a mark that its font does not have')
  t.same(cannotDraw('Zoe\u0308'), [], 'a letter and its mark that are one')
})

t.test('controls, joiners, marks of direction and every space are drawn as nothing', async (t) => {
  t.same(
    cannotDraw(
      'A\u0000\u0007\t\n\u00A0\u2009\u202F\u3000\u200B\u200D\u200E\u2066\u2069\uFEFF\u2028B',
    ),
    [],
  )
  t.same(cannotDraw(''), [])
  const width = (text: string) => layOut(text, { style: 'serif', size }).width
  t.equal(width('A\u200E\u0007B\u2069'), width('AB'))
  t.equal(width('A\nB'), width('A B'))
})

t.test('the outline of a line is absolute path data', async (t) => {
  const path = outlineOf(layOut('Aé', { style: 'serif', size }), { x: 100, y: 50 })
  t.match(path, /^M[\d.]+,[\d.]+/)
  t.notMatch(path, /NaN|e-|undefined/)
  const xs = [...path.matchAll(/([\d.]+),/g)].map(([, x]) => Number(x))
  t.ok(Math.min(...xs) >= 99 && Math.max(...xs) < 150)
})
