import t from 'tap'
import { encode } from 'uqr'
import { qrCode } from '../../src/pages/my/share/qr.ts'

/** The dark modules of a drawing, as a reader of it would see them. */
function modulesOf(svg: string): boolean[][] {
  const size = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1])
  const seen = Array.from({ length: size }, () => Array.from({ length: size }, () => false))
  const path = /stroke="#000" d="([^"]*)"/.exec(svg)?.[1] ?? ''
  let [x, y] = [0, 0]
  for (const [, command, first = '', second] of path.matchAll(
    /([Mmh])(\d+)(?: (\d+(?:\.5)?)|\.5)?/g,
  )) {
    if (command === 'M') [x, y] = [Number(first), Number(second) - 0.5]
    if (command === 'm') x += Number(first)
    if (command === 'h')
      for (let count = Number(first); count > 0; count -= 1) {
        const row = seen[y]
        if (row) row[x] = true
        x += 1
      }
  }
  return seen
}

t.test('the drawing has the modules of the code, with four light ones around it', (t) => {
  for (const address of [
    'https://b.example/b/4fWm2Qk9ZcR7tYxN1sLp0A',
    `https://badges.certification.example/b/4fWm2Qk9ZcR7tYxN1sLp0A?share=${'x'.repeat(43)}`,
  ]) {
    const svg = qrCode(address, 'A code').text
    const { data } = encode(address, { ecc: 'M', border: 4 })
    t.same(modulesOf(svg), data)
    t.ok([0, 1, 2, 3].every((row) => data[row]?.every((dark) => !dark)))
    t.ok(svg.length < 4000, `${svg.length} characters`)
  }
  t.end()
})
