import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'

/** An object of a PDF: the text of its dictionary, and its stream, uncompressed. */
export type PdfObject = { id: number; dictionary: string; stream: Buffer | undefined }

/** The objects of a PDF that pdfkit wrote, by a reader that knows no more than it needs to. */
export function readPdf(pdf: Buffer): PdfObject[] {
  const text = pdf.toString('latin1')
  return [...text.matchAll(/(?<=^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj(?=\n)/g)].map((match) => {
    const [, id, body = ''] = match
    const at = body.indexOf('stream\n')
    if (at < 0) return { id: Number(id), dictionary: body, stream: undefined }
    const dictionary = body.slice(0, at)
    const raw = Buffer.from(body.slice(at + 7, body.lastIndexOf('\nendstream')), 'latin1')
    const packed = dictionary.includes('/FlateDecode') && !dictionary.includes('/Image')
    return { id: Number(id), dictionary, stream: packed ? inflateSync(raw) : raw }
  })
}

/** The object that a key of a dictionary refers to. */
export function referred(objects: PdfObject[], { dictionary }: PdfObject, key: string): PdfObject {
  const id = new RegExp(`/${key} (\\d+) 0 R`).exec(dictionary)?.[1]
  const found = objects.find((each) => each.id === Number(id))
  if (!found) throw new Error(`nothing at /${key} of ${dictionary}`)
  return found
}

/** Why poppler’s tools cannot be used; false when they can. */
export const missingPoppler: string | false =
  spawnSync('pdfsig', ['-v']).error !== undefined &&
  'NOT RUN: there is no pdfsig. On Debian: apt install poppler-utils'

/** What one of poppler’s tools says of a PDF. */
export function poppler(
  tool: 'pdfsig' | 'pdftotext' | 'pdfinfo' | 'pdffonts' | 'pdfdetach',
  pdf: Buffer,
  { before = [], after = [] }: { before?: string[]; after?: string[] } = {},
): string {
  const folder = mkdtempSync(join(tmpdir(), 'blazon-pdf-'))
  try {
    const file = join(folder, 'a.pdf')
    writeFileSync(file, pdf)
    const env = { ...process.env, TZ: 'UTC' }
    const { stdout, stderr } = spawnSync(tool, [...before, file, ...after], { cwd: folder, env })
    return `${stdout}${stderr}`
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
