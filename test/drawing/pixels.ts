import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'

/** Pictures that were looked at. After a change that is meant: WRITE_GOLDEN=1, then look at each before it is committed. */
const folder = join(import.meta.dirname, 'golden')
const write = process.env.WRITE_GOLDEN === '1' && !process.env.CI

/** How many pixels differ from the picture of that name that was looked at; every pixel if there is none. */
export async function pixelsThatDiffer(name: string, png: Buffer): Promise<number> {
  const file = join(folder, `${name}.png`)
  if (write) mkdirSync(folder, { recursive: true })
  if (write) writeFileSync(file, png)
  if (!existsSync(file)) return Number.POSITIVE_INFINITY
  const [before, now] = await Promise.all([pixels(readFileSync(file)), pixels(png)])
  if (before.size !== now.size) return Number.POSITIVE_INFINITY
  if (now.data.equals(before.data)) return 0
  return now.data.filter((value, index) => value !== before.data[index]).length
}

/** Names of the pictures that were looked at. */
export function picturesLookedAt(): string[] {
  return readdirSync(folder).map((file) => file.replace('.png', ''))
}

async function pixels(png: Buffer) {
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true })
  return { data, size: `${info.width} x ${info.height} x ${info.channels}` }
}
