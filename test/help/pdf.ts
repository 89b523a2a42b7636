import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { decodeQR } from 'qr/decode.js'
import sharp from 'sharp'

/** An object of a PDF: the text of its dictionary, and its stream, uncompressed. */
export type PdfObject = { id: number; dictionary: string; stream: Buffer | undefined }

/** The objects of a PDF that pdfkit wrote. The reader supports only what these PDFs use. */
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

/** The object to which a key of a dictionary refers. */
export function referred(objects: PdfObject[], { dictionary }: PdfObject, key: string): PdfObject {
  const id = new RegExp(`/${key} (\\d+) 0 R`).exec(dictionary)?.[1]
  const found = objects.find((each) => each.id === Number(id))
  if (!found) throw new Error(`nothing at /${key} of ${dictionary}`)
  return found
}

/** Why poppler’s tools cannot be used; false when they can. CI must have them, so there it is a failure. */
export const missingPoppler = whyNoPoppler()

function whyNoPoppler(): string | false {
  if (spawnSync('pdfsig', ['-v']).error === undefined) return false
  if (process.env.CI) throw new Error('CI must have pdfsig, of poppler-utils.')
  return 'NOT RUN: there is no pdfsig. On Debian: apt install poppler-utils'
}

type Tool = 'pdfsig' | 'pdftotext' | 'pdfinfo' | 'pdffonts' | 'pdfdetach' | 'pdftoppm'
type Around = { before?: string[]; after?: string[] }

/** What one of poppler’s tools prints about a PDF. */
export function poppler(tool: Tool, pdf: Buffer, around?: Around): string {
  const { stdout, stderr } = run(tool, pdf, around)
  return `${stdout}${stderr}`
}

/** The printed sheet as PNG; by default one pixel for each point. */
export function printed(pdf: Buffer, dotsPerInch = 72): Buffer {
  return run('pdftoppm', pdf, { before: ['-png', '-r', String(dotsPerInch)] }).stdout
}

/** What a camera reads from the QR code of a printed sheet. Throws when no code can be read. */
export async function readQr(pdf: Buffer): Promise<string> {
  const sheet = sharp(printed(pdf, 150)).removeAlpha().raw()
  const { data, info } = await sheet.toBuffer({ resolveWithObject: true })
  const { width, height } = info
  // The default limit is a sixtieth of a second.
  return decodeQR({ width, height, data }, { format: 'RGB', timeLimit: 5000 })
}

/** The first file that is attached to a PDF. */
export function attachedTo(pdf: Buffer): Buffer {
  return run('pdfdetach', pdf, { before: ['-save', '1', '-o', 'made'] }).made
}

function run(tool: Tool, pdf: Buffer, { before = [], after = [] }: Around = {}) {
  const cwd = mkdtempSync(join(tmpdir(), 'blazon-pdf-'))
  try {
    writeFileSync(join(cwd, 'a.pdf'), pdf)
    const env = { ...process.env, TZ: 'UTC' }
    const maxBuffer = 50_000_000
    const result = spawnSync(tool, [...before, 'a.pdf', ...after], { cwd, env, maxBuffer })
    const made = join(cwd, 'made')
    return { ...result, made: existsSync(made) ? readFileSync(made) : Buffer.alloc(0) }
  } finally {
    rmSync(cwd, { recursive: true, force: true })
  }
}

/** An area of a PDF's first page as poppler paints it, one pixel for each point, as PNG. */
export function pictureOfPdf(
  pdf: Buffer,
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
): Buffer {
  const area = ['-x', left, '-y', top, '-W', width, '-H', height].map(String)
  const args = ['-png', '-r', '72', '-singlefile', ...area, '-']
  const { stdout, stderr, status } = spawnSync('pdftoppm', args, { input: pdf })
  if (status !== 0) throw new Error(`pdftoppm: ${stderr}`)
  return stdout
}
