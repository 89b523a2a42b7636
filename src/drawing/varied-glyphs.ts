import type { Font } from 'fontkit'

/** The part of a fontkit subset that writes a glyph whose outline depends on the weight. */
type Subset = { glyphEncoder: { encodeSimple: (path: Path) => Uint8Array } }
type Path = { commands: { command: string; args: number[] }[] }

/**
 * Makes the subset of a variable font embeddable: fontkit 2.0.4 fails at the first glyph that it must write itself.
 * Outlines are written as in TrueType (OpenType, table `glyf`), each coordinate in two bytes.
 */
export function repairSubset(font: Font, subset: object): void {
  if (Object.keys(font.variationAxes).length > 0)
    (subset as Subset).glyphEncoder.encodeSimple = encodeSimple
}

type Point = { x: number; y: number; onCurve: boolean }

function encodeSimple({ commands }: Path): Uint8Array {
  const contours = contoursOf(commands)
  const points = contours.flat()
  const bytes = Buffer.alloc(10 + 2 * contours.length + 2 + 5 * points.length)
  let at = 0
  const int16 = (value: number) => {
    at = bytes.writeInt16BE(value, at)
  }
  const xs = points.map(({ x }) => x)
  const ys = points.map(({ y }) => y)
  for (const value of [
    contours.length,
    ...[Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)],
  ])
    int16(value)
  let end = -1
  for (const contour of contours) {
    end += contour.length
    int16(end)
  }
  int16(0) // no instructions
  for (const { onCurve } of points) at = bytes.writeUInt8(onCurve ? 1 : 0, at)
  for (const along of [xs, ys])
    for (const [index, value] of along.entries()) int16(value - (along[index - 1] ?? 0))
  // Glyphs must begin at multiples of four.
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])
}

/** The points of each outline, without a final one that repeats the first. */
function contoursOf(commands: Path['commands']): Point[][] {
  const contours: Point[][] = []
  for (const { command, args } of commands) {
    if (command === 'moveTo') contours.push([])
    for (let index = 0; index + 1 < args.length; index += 2)
      contours.at(-1)?.push({
        x: Math.round(args[index] ?? 0),
        y: Math.round(args[index + 1] ?? 0),
        onCurve: command !== 'quadraticCurveTo' || index === 2,
      })
  }
  for (const contour of contours) {
    const [first, last] = [contour[0], contour.at(-1)]
    if (contour.length > 1 && last?.onCurve && last.x === first?.x && last.y === first.y)
      contour.pop()
  }
  return contours.filter((contour) => contour.length > 0)
}
