import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Test } from 'tap'

/** Fonts of a machine that has one for each script, by the Debian package that brings them. */
const packages: Record<string, string[]> = {
  'fonts-liberation': ['LiberationSans-Regular', 'LiberationSerif-Regular'].map(
    (name) => `/usr/share/fonts/truetype/liberation/${name}.ttf`,
  ),
  'fonts-noto-core': ['', 'Arabic', 'Hebrew', 'Thai', 'Devanagari'].flatMap((script) =>
    ['Sans', script === 'Arabic' ? 'Naskh' : 'Serif'].map(
      (style) => `/usr/share/fonts/truetype/noto/Noto${style}${script}-Regular.ttf`,
    ),
  ),
  'fonts-noto-cjk': ['Sans', 'Serif'].map(
    (style) => `/usr/share/fonts/opentype/noto/Noto${style}CJK-Regular.ttc`,
  ),
}
const files = Object.values(packages).flat()

/** Why names cannot be looked at in the browser; CI has the fonts, so there it is a failure and no excuse. */
export function missingFonts(): string | false {
  const missing = Object.entries(packages).filter(([, files]) => !files.every(existsSync))
  if (missing.length === 0) return false
  const wanted = missing.map(([name]) => name).join(' ')
  if (process.env.CI) throw new Error(`CI must have the fonts of ${wanted}.`)
  return `NOT RUN: there are no fonts of ${wanted}. On Debian: apt install ${wanted}`
}

/** An environment in which programs find these fonts and no others, so that a name looks the same on every machine. */
export function withTheseFonts(t: Test): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'blazon-fonts-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  for (const file of files) symlinkSync(file, join(folder, basename(file)))
  const config = join(folder, 'fonts.conf')
  writeFileSync(config, fontConfig(folder))
  return { ...(process.env as Record<string, string>), FONTCONFIG_FILE: config }
}

const standIns = {
  serif: 'Liberation Serif',
  'Times New Roman': 'Liberation Serif',
  'sans-serif': 'Liberation Sans',
  Arial: 'Liberation Sans',
  Helvetica: 'Liberation Sans',
}

function fontConfig(folder: string): string {
  const aliases = Object.entries(standIns).map(
    ([wanted, font]) =>
      `<alias binding="same"><family>${wanted}</family><prefer><family>${font}</family></prefer></alias>`,
  )
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>${folder}</dir><cachedir>${folder}/cache</cachedir>${aliases.join('')}</fontconfig>
`
}
