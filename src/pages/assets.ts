import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * A file that pages load. Its path contains a hash of its content, so browsers may keep it for ever; only the favicon's
 * path is fixed.
 */
export type Asset = { path: string; contentType: string; bytes: Buffer }

const sans = font('figtree', '@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2')
const serif = font('crimson', '@fontsource/crimson-pro/files/crimson-pro-latin-500-normal.woff2')
// By unicode-range, a browser loads these only for pages that print their letters: Łukasz, Şebnem, Jiří; Nguyễn, Ẹ́bùn.
const serifExtended = font(
  'crimson-extended',
  '@fontsource/crimson-pro/files/crimson-pro-latin-ext-500-normal.woff2',
)
const serifVietnamese = font(
  'crimson-vietnamese',
  '@fontsource/crimson-pro/files/crimson-pro-vietnamese-500-normal.woff2',
)
const style = stylesheet('style', ['tokens', 'type', 'verdict', 'badge', 'pages', 'print'])
const languagesStyle = stylesheet('languages', ['languages'])
const homeStyle = stylesheet('home', ['home'])
const docsStyle = stylesheet('docs', ['docs'])
const noticesStyle = stylesheet('notices', ['notices'])
const formsStyle = stylesheet('forms', ['forms', 'fields', 'lists', 'cards'])
const directoryStyle = stylesheet('directory', ['fields', 'cards', 'directory'])
// The only sheet of pages in frames on other sites, so it includes the shapes of the verdicts.
const embedStyle = stylesheet('embed', ['tokens', 'verdict', 'embed'])
const copyScript = script('copy')
const shareScript = script('share')
const favicon: Asset = {
  path: '/favicon.svg',
  contentType: 'image/svg+xml',
  bytes: readFileSync(new URL('./favicon.svg', import.meta.url)),
}

/** The path of the stylesheet of every page. */
export const stylePath = style.path

/** The additional sheet of the page of achievements. */
export const homeStylePath = homeStyle.path

/** The additional sheet of the documentation page. */
export const docsStylePath = docsStyle.path

/** The additional sheet of the privacy and help pages. */
export const noticesStylePath = noticesStyle.path

/** The additional sheet of pages in other scripts. */
export const languagesStylePath = languagesStyle.path

/** The additional sheet of pages with forms. */
export const formsStylePath = formsStyle.path

/** The additional sheet of lists of badges and their search. */
export const directoryStylePath = directoryStyle.path

/** The only sheet of a badge on another site. */
export const embedStylePath = embedStyle.path

/** The script of buttons that copy. A page that loads it needs `policyWithScript`. */
export const copyScriptPath = copyScript.path

/** The script of the button that opens the operating system's share dialog. */
export const shareScriptPath = shareScript.path

/** The fonts of every page, for preloading. */
export const fontPaths = [sans.path, serif.path]

/** Every file that a page may load, read once at the start. */
export function assets(): Asset[] {
  return [
    style,
    languagesStyle,
    homeStyle,
    docsStyle,
    noticesStyle,
    formsStyle,
    directoryStyle,
    embedStyle,
    copyScript,
    shareScript,
    sans,
    serif,
    serifExtended,
    serifVietnamese,
    favicon,
  ]
}

function font(name: string, file: string): Asset {
  const bytes = readFileSync(fileURLToPath(import.meta.resolve(file)))
  return { path: hashedPath(name, 'woff2', bytes), contentType: 'font/woff2', bytes }
}

/**
 * Joins files of `style/` into one sheet, in this order, and points each `url("name.woff2")` to the font of that name.
 */
function stylesheet(name: string, parts: string[]): Asset {
  const fonts: Record<string, Asset> = {
    figtree: sans,
    crimson: serif,
    'crimson-extended': serifExtended,
    'crimson-vietnamese': serifVietnamese,
  }
  const css = parts
    .map((part) => readFileSync(new URL(`./style/${part}.css`, import.meta.url), 'utf8'))
    .join('')
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s*([{};,])\s*|(:)\s+/g, '$1$2')
    .replace(/\s+/g, ' ')
    .replace(/ ([>/~]) /g, '$1')
    .replace(/;\}/g, '}')
    .replace(/\b0\.(?=\d)/g, '.')
    .replace(/url\("([a-z-]+)\.woff2"\)/g, (_, font: string) => `url(${fonts[font]?.path})`)
    .trim()
  const bytes = Buffer.from(css)
  return { path: hashedPath(name, 'css', bytes), contentType: 'text/css; charset=utf-8', bytes }
}

function script(name: string): Asset {
  const bytes = readFileSync(new URL(`./script/${name}.js`, import.meta.url))
  const contentType = 'text/javascript; charset=utf-8'
  return { path: hashedPath(name, 'js', bytes), contentType, bytes }
}

function hashedPath(name: string, extension: string, bytes: Buffer): string {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12)
  return `/assets/${name}-${hash}.${extension}`
}
