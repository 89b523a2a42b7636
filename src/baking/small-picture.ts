import { library } from './sharp.ts'

/** A square PNG reduced to `side` pixels a side. The same inputs give the same bytes. */
export async function drawSmall(png: Buffer, side: number): Promise<Buffer> {
  const sharp = await library()
  return sharp(png).resize(side, side).png({ compressionLevel: 9 }).toBuffer()
}

/**
 * The same PNG with a palette of its colours, in a third of the bytes; as it is, when a palette saves nothing. For pictures
 * that pages show small, where the eye sees no difference. The same inputs give the same bytes.
 */
export async function withFewColours(png: Buffer): Promise<Buffer> {
  const sharp = await library()
  const light = await sharp(png).png({ compressionLevel: 9, palette: true }).toBuffer()
  return light.length < png.length ? light : png
}
