import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import type { Test } from 'tap'
import { longNames, names } from '../drawing/names.ts'

/** Pictures that were looked at. After a change that is meant: WRITE_GOLDEN=1, then look at each before it is committed. */
const folder = join(import.meta.dirname, 'golden')
const write = process.env.WRITE_GOLDEN === '1' && !process.env.CI

export const everyName = Object.entries({ ...names, ...longNames })
export type Surface = 'certificate' | 'card' | 'page' | 'mail'

/**
 * How unlike, of 255, pictures of the same letters may be. Two versions of a program, or two programs, that paint the same outlines
 * blacken their edges a little more or less; a letter without its accent is a greater difference (likeness.test.ts).
 */
export const bound = 60

/** Claims that a name looks as it was looked at. */
export async function looksAsBefore(t: Test, surface: Surface, name: string, png: Buffer) {
  const file = join(folder, `${surface}-${name}.png`)
  const now = await small(png)
  if (write) mkdirSync(folder, { recursive: true })
  if (write) writeFileSync(file, now)
  if (!existsSync(file)) return t.fail(`${name} has a golden picture`)
  const apart = await unlike(readFileSync(file), now)
  return t.ok(apart <= bound, `${name} looks as it was looked at: ${apart} is at most ${bound}`)
}

/** Claims that there is a golden picture of each name and no other, and that none could pass for another. */
export async function noneIsLikeAnother(t: Test, surface: Surface) {
  const files = readdirSync(folder).filter((file) => file.startsWith(`${surface}-`))
  t.same(files.sort(), everyName.map(([name]) => `${surface}-${name}.png`).sort())
  const pictures = await Promise.all(files.map((file) => spots(readFileSync(join(folder, file)))))
  const alike = pictures.flatMap((one, at) =>
    pictures.slice(0, at).flatMap((other, before) => {
      return apart(one, other) <= 2 * bound ? [`${files[at]} and ${files[before]}`] : []
    }),
  )
  t.same(alike, [], 'names differ by far more than a picture of one name may')
}

/** How far apart two pictures are where they differ most, when each spot of four by four pixels has one grey. */
export async function unlike(one: Buffer, other: Buffer): Promise<number> {
  const [a, b] = await Promise.all([spots(one), spots(other)])
  return apart(a, b)
}

/** Where in a picture of a white page something is. */
export async function inkOf(png: Buffer) {
  const { info } = await sharp(png)
    .trim({ background: '#ffffff', threshold: 8 })
    .toBuffer({ resolveWithObject: true })
  const left = -(info.trimOffsetLeft ?? 0)
  return { left, right: left + info.width }
}

/** Small enough to be kept: grey, without what the eye does not see. */
function small(png: Buffer): Promise<Buffer> {
  return sharp(png)
    .flatten({ background: '#ffffff' })
    .greyscale()
    .png({ palette: true, colours: 16, compressionLevel: 9 })
    .toBuffer()
}

type Spots = { greys: Buffer; size: string }

async function spots(png: Buffer): Promise<Spots> {
  const { width, height } = await sharp(png).metadata()
  const greys = await sharp(png)
    .greyscale()
    .resize(Math.ceil(width / 4), Math.ceil(height / 4), { fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer()
  return { greys, size: `${width} x ${height}` }
}

function apart(a: Spots, b: Spots): number {
  if (a.size !== b.size) return Number.POSITIVE_INFINITY
  return a.greys.reduce((most, grey, at) => Math.max(most, Math.abs(grey - (b.greys[at] ?? 0))), 0)
}
