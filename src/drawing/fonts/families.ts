import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** `serif` sets the names of people and certifications, `sans` all other text. */
export type Style = 'serif' | 'sans'

/** A typeface in slices, each a file with some of its characters. With `weights`, every slice contains all weights. */
export type Family = {
  name: string
  weights: 'variable' | 'one file each'
  slices: () => Slice[]
  file: (slice: string, weight: number) => string
}

/** A slice with the code points that it declares, first and last of each range. It may declare more than it has. */
export type Slice = { name: string; ranges: [number, number][] }

const han = {
  sc: sourceHanSerif(),
  jp: variable('noto-serif-jp'),
  kr: variable('noto-serif-kr'),
  hk: variable('noto-serif-hk'),
}

const scripts: Record<Style, Family[]> = {
  serif: [
    crimsonPro(),
    variable('noto-serif'),
    variable('noto-naskh-arabic'),
    variable('noto-serif-hebrew'),
    variable('noto-serif-thai'),
    variable('noto-serif-devanagari'),
  ],
  sans: [
    variable('figtree'),
    variable('noto-sans'),
    variable('noto-sans-arabic'),
    variable('noto-sans-hebrew'),
    variable('noto-sans-thai'),
    variable('noto-sans-devanagari'),
  ],
}

/**
 * The typefaces to search for a character, in order. Han characters take the shapes of the language. Both styles share
 * one set of Han fonts, because a second one would double the size of Blazon.
 */
export function familiesFor(style: Style, lang = ''): Family[] {
  return [...scripts[style], ...hanFor(lang)]
}

function hanFor(lang: string): Family[] {
  const { sc, jp, kr, hk } = han
  if (/^ja\b/i.test(lang)) return [jp, sc, hk, kr]
  if (/^ko\b/i.test(lang)) return [kr, jp, sc, hk]
  if (/^(yue|zh-(hant|tw|hk|mo))\b/i.test(lang)) return [hk, sc, jp, kr]
  return [sc, hk, jp, kr]
}

function variable(name: string): Family {
  const folder = packageFolder(`@fontsource-variable/${name}`)
  return {
    name,
    weights: 'variable',
    slices: once(() => slicesIn(folder)),
    file: (slice) => join(folder, 'files', `${name}-${slice}-wght-normal.woff2`),
  }
}

function crimsonPro(): Family {
  const folder = packageFolder('@fontsource/crimson-pro')
  return {
    name: 'crimson-pro',
    weights: 'one file each',
    slices: once(() => slicesIn(folder)),
    file: (slice, weight) => join(folder, 'files', `crimson-pro-${slice}-${weight}-normal.woff2`),
  }
}

/** Source Han Serif CN: 30,898 characters, with all 8,105 of the national table. Its stylesheet lists its slices. */
function sourceHanSerif(): Family {
  const folder = join(packageFolder('@chinese-fonts/syst'), 'dist/SourceHanSerifCN')
  const slices = once(() => {
    const css = readFileSync(join(folder, 'result.css'), 'utf8')
    return [...css.matchAll(/url\("\.\/(\w+)\.woff2"\)[^}]*?unicode-range:([^;}]+)/g)].map(
      ([, name = '', ranges = '']) => ({ name, ranges: rangesIn(ranges) }),
    )
  })
  return {
    name: 'source-han-serif-cn',
    weights: 'variable',
    slices,
    file: (slice) => join(folder, `${slice}.woff2`),
  }
}

function packageFolder(name: string) {
  return dirname(fileURLToPath(import.meta.resolve(`${name}/LICENSE`)))
}

function slicesIn(folder: string): Slice[] {
  const all = JSON.parse(readFileSync(join(folder, 'unicode.json'), 'utf8'))
  return Object.entries<string>(all).map(([key, ranges]) => ({
    name: key.replace(/[[\]]/g, ''),
    ranges: rangesIn(ranges),
  }))
}

/** `U+4E00-4E0F,U+4E11` */
function rangesIn(text: string): Slice['ranges'] {
  return text.split(',').map((range) => {
    const [first = '', last = first] = range.trim().slice(2).split('-')
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)]
  })
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}
