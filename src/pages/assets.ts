import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A file that pages need. Its path names its content, so a browser may keep it for ever; only the favicon's does not. */
export type Asset = { path: string; contentType: string; bytes: Buffer }

const sans = font('figtree', '@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2')
const serif = font('crimson', '@fontsource/crimson-pro/files/crimson-pro-latin-500-normal.woff2')
// These are fetched only by a page that prints a letter of them, by their unicode-range: Łukasz, Şebnem, Jiří; Nguyễn, Ẹ́bùn.
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
// Alone on pages that others frame; it takes the shapes of the verdicts along.
const embedStyle = stylesheet('embed', ['tokens', 'verdict', 'embed'])
const copyScript = script('copy')
const shareScript = script('share')
const favicon: Asset = {
  path: '/favicon.svg',
  contentType: 'image/svg+xml',
  bytes: readFileSync(new URL('./favicon.svg', import.meta.url)),
}

/** Where the stylesheet is. */
export const stylePath = style.path

/** The little more that the page of what can be earned needs. */
export const homeStylePath = homeStyle.path

/** The little more that the documentation page needs. */
export const docsStylePath = docsStyle.path

/** The little more that the privacy and the help page need. */
export const noticesStylePath = noticesStyle.path

/** The little more that pages in other scripts need. */
export const languagesStylePath = languagesStyle.path

/** The components of the pages on which somebody decides something. */
export const formsStylePath = formsStyle.path

/** The little more that lists of badges need, and their search. */
export const directoryStylePath = directoryStyle.path

/** All that a badge needs on somebody else's page. */
export const embedStylePath = embedStyle.path

/** A button that copies. A page with a script says so in its Content-Security-Policy. */
export const copyScriptPath = copyScript.path

/** A button that opens the sharing of the reader's own system. */
export const shareScriptPath = shareScript.path

/** The fonts that every page uses, so that it may ask for them at once. */
export const fontPaths = [sans.path, serif.path]

/** Every file that a page may ask for, read once when the process starts. */
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

/** Parts of `style/` as one sheet, in this order, with each `url("name.woff2")` pointed at the font of that name. */
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
