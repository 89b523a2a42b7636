import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * The functions of HarfBuzz's subsetter that we use; its package does not wrap them. All numbers but the memory are its
 * pointers.
 */
type Subsetter = {
  memory: WebAssembly.Memory
  _initialize(): void
  malloc(length: number): number
  free(pointer: number): void
  hb_blob_create(data: number, length: number, mode: number, user: number, free: number): number
  hb_blob_get_data(blob: number, length: number): number
  hb_blob_get_length(blob: number): number
  hb_blob_destroy(blob: number): void
  hb_face_create(blob: number, index: number): number
  hb_face_reference_blob(face: number): number
  hb_face_destroy(face: number): void
  hb_subset_input_create_or_fail(): number
  hb_subset_input_keep_everything(input: number): void
  hb_subset_input_pin_axis_location(input: number, face: number, tag: number, at: number): number
  hb_subset_input_destroy(input: number): void
  hb_subset_or_fail(face: number, input: number): number
}

let subsetter: Subsetter | undefined

/**
 * A variable TrueType font fixed at one weight, because pdfkit embeds variable fonts wrongly. Glyph ids stay. Throws
 * when the font has no weights.
 */
export function atWeight(font: Uint8Array, weight: number): Buffer {
  subsetter ??= load()
  const hb = subsetter
  const data = hb.malloc(font.length)
  new Uint8Array(hb.memory.buffer).set(font, data)
  const blob = hb.hb_blob_create(data, font.length, readOnly, 0, 0)
  const face = hb.hb_face_create(blob, 0)
  const input = hb.hb_subset_input_create_or_fail()
  hb.hb_subset_input_keep_everything(input)
  const pinned = hb.hb_subset_input_pin_axis_location(input, face, wght, weight)
  const fixed = pinned && hb.hb_subset_or_fail(face, input)
  const made = fixed ? bytesOf(hb, fixed) : undefined
  hb.hb_subset_input_destroy(input)
  hb.hb_face_destroy(face)
  hb.hb_blob_destroy(blob)
  hb.free(data)
  if (!made) throw new Error('This font has no weights to choose from.')
  return made
}

const readOnly = 1
const wght = 0x77676874

function bytesOf(hb: Subsetter, face: number) {
  const blob = hb.hb_face_reference_blob(face)
  const start = hb.hb_blob_get_data(blob, 0)
  const bytes = Buffer.from(new Uint8Array(hb.memory.buffer, start, hb.hb_blob_get_length(blob)))
  hb.hb_blob_destroy(blob)
  hb.hb_face_destroy(face)
  return bytes
}

function load(): Subsetter {
  const file = fileURLToPath(import.meta.resolve('harfbuzzjs/dist/harfbuzz-subset.wasm'))
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file)))
  const loaded = exports as Subsetter
  loaded._initialize()
  return loaded
}
