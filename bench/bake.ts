import { PNG } from 'pngjs'
import { bakePng, readPng } from '../src/baking/png.ts'
import type { Side } from './pairs.ts'
import { inTurn, repeat } from './repeat.ts'

/** Bakes the badge text of these pictures into the artwork again. Each result must be as long as its original. */
export function bakeSide(artwork: Buffer, pictures: Buffer[]): Side {
  const texts = pictures.map((png) => ({ text: readPng(png), length: png.length }))
  return (milliseconds) =>
    repeat(milliseconds, (turn) => {
      const { text, length } = inTurn(texts, turn)
      const baked = bakePng(artwork, text)
      if (baked.length !== length)
        throw new Error(`a baked picture has ${baked.length} bytes and not ${length}`)
    })
}

/** The work of a server that bakes with a PNG library. */
export function decodeAndEncodeSide(artwork: Buffer): Side {
  const { length } = PNG.sync.write(PNG.sync.read(artwork))
  return (milliseconds) =>
    repeat(milliseconds, () => {
      const written = PNG.sync.write(PNG.sync.read(artwork))
      if (written.length !== length)
        throw new Error(`pngjs writes ${written.length} bytes and not ${length}`)
    })
}
