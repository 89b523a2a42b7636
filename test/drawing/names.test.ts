import t from 'tap'
import { cannotDraw } from '../../src/drawing/can-draw.ts'
import { fit, layOut } from '../../src/drawing/lines.ts'
import { drawLines } from './draw.ts'
import { longNames, names } from './names.ts'
import { pixelsThatDiffer } from './pixels.ts'

for (const style of ['serif', 'sans'] as const)
  t.test(`names of every script look as they were looked at, ${style}`, async (t) => {
    for (const [name, text] of Object.entries(names)) {
      const line = layOut(text, { style, size: 40 })
      const drawn = await drawLines([line], line.width)
      t.equal(await pixelsThatDiffer(`${style}-${name}`, drawn), 0, name)
    }
  })

t.test('every one of them can be drawn, glyph for glyph', async (t) => {
  for (const [name, text] of Object.entries({ ...names, ...longNames })) {
    t.same(cannotDraw(text), [], name)
    for (const style of ['serif', 'sans'] as const) {
      const { runs } = layOut(text, { style, size: 40 })
      t.notOk(
        runs.some(({ glyphs }) => glyphs.some(({ id }) => id === 0)),
        `${name} has no empty box, ${style}`,
      )
    }
  }
})

t.test('a long name is made smaller, then broken, and never leaves its room', async (t) => {
  const room = { style: 'serif', size: 44, minSize: 30, maxWidth: 460, maxLines: 3 } as const
  for (const [name, text] of Object.entries(longNames)) {
    const lines = fit(text, room)
    t.ok(lines.length > 1 && lines.length <= 3, `${name} takes ${lines.length} lines`)
    t.ok(
      lines.every(({ width }) => width <= 460.01),
      `${name} stays inside`,
    )
    t.equal(textOf(lines), text.replaceAll(' ', ''), `${name} is all there`)
    t.equal(await pixelsThatDiffer(name, await drawLines(lines, 460)), 0, name)
  }
  t.same(sizes(fit('Ada Lovelace', room)), [44], 'a short name has its size')
  const [line, ...more] = fit('Wolfgang Amadeus Mozart the Elder', room)
  t.ok(line && line.size < 44 && line.size >= 30 && more.length === 0, 'a longer one is smaller')
  t.same(fit(' \n ', room), [], 'nothing takes no line')
})

t.test('a name with no place to break is broken all the same, rather than cut', async (t) => {
  const room = { style: 'serif', size: 44, minSize: 30, maxWidth: 200, maxLines: 2 } as const
  const lines = fit('x'.repeat(120), room)
  t.equal(textOf(lines), 'x'.repeat(120))
  t.ok(lines.length === 2 && lines.every(({ width }) => width <= 200.01))
})

function textOf(lines: ReturnType<typeof fit>) {
  return lines.flatMap(({ runs }) => runs.map(({ text }) => text.replaceAll(' ', ''))).join('')
}

function sizes(lines: ReturnType<typeof fit>) {
  return lines.map(({ size }) => size)
}
