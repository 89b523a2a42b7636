import { readFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { PNG } from 'pngjs'

/** A small RGBA picture by pngjs, which shares no code with the room under test. */
export function samplePng(side = 8): Buffer {
  const picture = new PNG({ width: side, height: side })
  for (let i = 0; i < picture.data.length; i += 1) picture.data[i] = (i * 37) % 256
  return PNG.sync.write(picture)
}

export type SampleChunk = { type: string; data: Buffer; crc: number }

const signature = Buffer.from('89504e470d0a1a0a', 'hex')

/** Takes a PNG apart by its own few lines, so that the room's walk is never its own witness. */
export function split(png: Buffer): SampleChunk[] {
  const chunks: SampleChunk[] = []
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    chunks.push({
      type: png.toString('latin1', at + 4, at + 8),
      data: png.subarray(at + 8, at + 8 + length),
      crc: png.readUInt32BE(at + 8 + length),
    })
    at += 12 + length
  }
  return chunks
}

export function chunk(type: string, data: string | Buffer): SampleChunk {
  const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data
  return { type, data: bytes, crc: sum(type, bytes) }
}

export function sum(type: string, data: Buffer): number {
  return crc32(Buffer.concat([Buffer.from(type, 'latin1'), data]))
}

export function join(chunks: SampleChunk[]): Buffer {
  const parts = chunks.map(({ type, data, crc }) => {
    const bytes = Buffer.alloc(data.length + 12)
    bytes.writeUInt32BE(data.length, 0)
    bytes.write(type, 4, 'latin1')
    data.copy(bytes, 8)
    bytes.writeUInt32BE(crc, data.length + 8)
    return bytes
  })
  return Buffer.concat([signature, ...parts])
}

/** The sample with chunks put in after IHDR. */
export function withChunks(...added: SampleChunk[]): Buffer {
  const [header, ...others] = split(samplePng())
  return join([header as SampleChunk, ...added, ...others])
}

export function artwork(name: 'associate' | 'practitioner' | 'professional'): string {
  return readFileSync(new URL(`../../programme.example/${name}.svg`, import.meta.url), 'utf8')
}

export const plainSvg =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4" fill="#1d4e89"/></svg>'

export const jws = 'eyJhbGciOiJSUzI1NiJ9.eyJpZCI6ImEifQ.c2lnbmF0dXJl_-A'
