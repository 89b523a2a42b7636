import { library } from './sharp.ts'

/** A square PNG reduced to `side` pixels a side. The same inputs give the same bytes. */
export async function drawSmall(png: Buffer, side: number): Promise<Buffer> {
  const sharp = await library()
  return sharp(png).resize(side, side).png({ compressionLevel: 9 }).toBuffer()
}
